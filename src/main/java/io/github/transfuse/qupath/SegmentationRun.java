package io.github.transfuse.qupath;

import java.util.List;

/**
 * How a segmentation went.
 *
 * @param tiles network inputs that were computed, over all regions
 * @param failedTiles blocks of 512 x 512 pixels that could not be read; 0 unless they were to be skipped
 * @param objects annotations or detections that were made
 * @param millis wall time in milliseconds
 * @param waitingMillis part of it in which the network waited for pixels of the slide
 * @param canceled whether it was canceled; then nothing was changed
 * @param notes which objects of earlier runs stay and why, as sentences; empty if there is nothing to tell
 */
public record SegmentationRun(
        long tiles,
        long failedTiles,
        int objects,
        long millis,
        long waitingMillis,
        boolean canceled,
        List<String> notes) {

    /** Copies the list. */
    public SegmentationRun {
        notes = List.copyOf(notes);
    }
}
