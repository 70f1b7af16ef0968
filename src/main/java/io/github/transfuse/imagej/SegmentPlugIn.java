package io.github.transfuse.imagej;

import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;

/**
 * Segments the active image in ImageJ and Fiji. It runs on the thread of its caller, so that a macro in batch mode, or a
 * script that hands over an image without a window, gets that image.
 */
public final class SegmentPlugIn extends TransFusePlugIn {
    /** Name of the menu item. */
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
