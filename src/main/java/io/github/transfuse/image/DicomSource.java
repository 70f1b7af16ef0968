package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomData;
import io.github.transfuse.dicom.DicomFile;
import io.github.transfuse.dicom.DicomTag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The frames that a volume was read from, in the order of its slices, without their pixels.
 *
 * @param frames at least one
 */
record DicomSource(List<Frame> frames) {

    /**
     * A slice.
     *
     * @param kind of its file
     * @param number in its file, from 0
     */
    record Frame(DicomData data, String kind, int number, DicomPlace place) {
        String instance() {
            return data.text(DicomTag.INSTANCE);
        }
    }

    /** What a placement keeps of a file or folder. */
    static byte[] keep(Path source) {
        return source.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Looks at the files again.
     *
     * @param placement of a volume that was read from DICOM
     * @throws IOException if they are no longer there or damaged
     */
    static DicomSource of(Placement placement) throws IOException {
        Path source = Path.of(new String(placement.header(), StandardCharsets.UTF_8));
        List<Path> files = Files.isDirectory(source) ? DicomSeries.files(source) : List.of(source);
        List<Frame> frames = new ArrayList<>();
        for (Path file : files) {
            try (DicomFile dicom = DicomFile.open(file)) {
                for (int i = 0; i < dicom.form().frames(); i++) {
                    DicomPlace place = DicomPlace.of(dicom.data(), i)
                            .orElseThrow(() -> new IOException("a frame no longer says where it lies"));
                    frames.add(new Frame(dicom.data(), dicom.kind(), i, place));
                }
            }
        }
        frames.sort(Comparator.comparingDouble(frame -> frame.place().at()));
        return new DicomSource(frames);
    }

    DicomData data() {
        return frames.get(0).data();
    }
}
