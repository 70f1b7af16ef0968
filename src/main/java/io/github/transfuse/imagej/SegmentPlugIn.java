package io.github.transfuse.imagej;

import io.github.transfuse.Settings;
import io.github.transfuse.Task;
import java.io.IOException;

/** Segments the active image in plain ImageJ. */
public final class SegmentPlugIn extends TransFusePlugIn {
    /** Name of the menu item, the same in Fiji: only so do both make one item. */
    static final String COMMAND = "TransFuse Segment...";

    /** Made by ImageJ. */
    public SegmentPlugIn() {
        super(Task.SEGMENT, COMMAND);
    }

    @Override
    void execute(Settings settings) throws IOException {
        SegmentJob.Results results = SegmentJob.run(settings, InputImages.active());
        Registration.show(results.images());
        results.objects().ifPresent(ObjectResults::show);
    }
}
