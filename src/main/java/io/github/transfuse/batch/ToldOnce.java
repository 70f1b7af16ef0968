package io.github.transfuse.batch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Notes that were told, so that one that goes for many files is told once. Old ones are forgotten, for memory's sake. */
public final class ToldOnce {
    /** Some notes name numbers of one image, and there may be many images. */
    static final int MAX_NOTES = 1000;

    private final Map<String, Boolean> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_NOTES;
        }
    };

    /** Whether a note is told for the first time, as it is from now on. */
    public boolean isNew(String note) {
        return told.put(note, true) == null;
    }

    /** Takes notes for told. */
    public void addAll(Collection<String> notes) {
        notes.forEach(this::isNew);
    }
}
