package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomData;
import io.github.transfuse.dicom.DicomTag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The frames of one file, two at least: slices where they lie at different places, time points where they lie at the same
 * one or were taken one after the other.
 *
 * @param frames in the order of the file
 */
record DicomFrames(Path file, List<DicomSlice> frames) {
    private static final double SAME = 0.01;

    /** What takes pictures of one place one after the other. */
    private static final Set<String> MOVIES = Set.of("US", "XA", "RF", "ES", "GM", "XC");

    CalibratedImage image(String name) throws UnsupportedImageException {
        DicomSlice first = frames.get(0);
        DicomVolume all = new DicomVolume(file, frames);
        if (!isPlaced()) {
            return all.image(name, List.of(new DicomVolume.Length(unplaced(first), frames.size())));
        }
        for (DicomSlice frame : frames) {
            if (!frame.fits(first, SAME)) {
                throw new UnsupportedImageException(
                        file,
                        "its frames lie in different directions",
                        "Export each direction as a series of its own.");
            }
        }
        List<DicomSlice> sorted = new ArrayList<>(frames);
        sorted.sort(Comparator.comparingDouble(DicomSlice::at));
        int times = 1;
        while (times < sorted.size() && sorted.get(times).at() - sorted.get(0).at() < 1e-4) {
            times++;
        }
        return times == 1 ? new DicomVolume(file, sorted).image(name) : times(name, sorted, times);
    }

    /** Frames of single-frame kinds say at most where the first lies. */
    private boolean isPlaced() {
        DicomData data = frames.get(0).data();
        boolean each = !data.items(DicomTag.FRAME_GROUPS).isEmpty() || data.decimals(DicomTag.DOSE_OFFSETS).length > 1;
        return each && frames.stream().allMatch(frame -> frame.place().isPresent());
    }

    private static Axis unplaced(DicomSlice first) {
        DicomData data = first.data();
        Optional<Double> time = data.decimal(DicomTag.FRAME_TIME).filter(ms -> ms > 0);
        if (time.isPresent() || data.has(DicomTag.FRAME_TIMES) || MOVIES.contains(data.text(DicomTag.MODALITY))) {
            return time.map(ms -> new Axis(Axis.Kind.TIME, ms / 1000, "sec")).orElse(Axis.of(Axis.Kind.TIME));
        }
        double depth = first.spacing()[2];
        return depth > 0 ? new Axis(Axis.Kind.Z, depth, "mm") : Axis.of(Axis.Kind.Z);
    }

    /** At each place as many frames, in the order of the file. */
    private CalibratedImage times(String name, List<DicomSlice> sorted, int times) throws UnsupportedImageException {
        int places = sorted.size() / times;
        List<DicomSlice> ordered = new ArrayList<>();
        for (int t = 0; t < times; t++) {
            for (int z = 0; z < places; z++) {
                DicomSlice frame = sorted.get(z * times + t);
                boolean same = frame.at() - sorted.get(z * times).at() < 1e-4;
                boolean next = z == 0 || frame.at() - sorted.get(z * times - 1).at() >= 1e-4;
                if (!same || !next || sorted.size() % times != 0) {
                    throw new UnsupportedImageException(
                            file,
                            "its frames are not as many at each place",
                            "Export each time point or phase as a series of its own.");
                }
                ordered.add(frame);
            }
        }
        String note = "At each place of " + name + " lie " + times + " frames: they are taken as time points.";
        DicomVolume.Length time = new DicomVolume.Length(Axis.of(Axis.Kind.TIME), times);
        DicomVolume all = new DicomVolume(file, ordered);
        if (places == 1) {
            return all.image(name, List.of(time)).withNote(note);
        }
        CalibratedImage one = new DicomVolume(file, ordered.subList(0, places)).image(name);
        DicomVolume.Length depth =
                new DicomVolume.Length(one.axes().get(one.dimension(Axis.Kind.Z).orElseThrow()), places);
        CalibratedImage image =
                all.image(name, List.of(depth, time)).withNote(note).withPlacement(one.placement());
        for (String told : one.notes()) {
            image = image.withNote(told);
        }
        return image;
    }
}
