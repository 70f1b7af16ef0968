package io.github.transfuse.samples;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of images as people list them: without the extension of their file, with it, or with its folder. */
record ListedNames(Set<String> stems) {

    static ListedNames of(List<Pair> pairs) {
        return new ListedNames(pairs.stream().map(Pair::stem).collect(Collectors.toUnmodifiableSet()));
    }

    /** The stem that a name means; the name itself where it is one or means none. */
    String stem(String name) {
        if (stems.contains(name)) {
            return name;
        }
        String file = name.substring(1 + Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')));
        String stem = stems.contains(file) ? file : Pairing.stem(file);
        return stems.contains(stem) ? stem : name;
    }
}
