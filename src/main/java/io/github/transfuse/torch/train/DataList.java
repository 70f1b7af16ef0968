package io.github.transfuse.torch.train;

import io.github.transfuse.files.CsvCell;
import io.github.transfuse.files.Sha256;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code data.csv}: which files, or folders with the slices of a scan, a model was trained and validated on, with their checksums. */
final class DataList {

    /** Name of the file in the model folder. */
    static final String FILE = "data.csv";

    private static final String HEADER = "stem,part,image,image_sha256,mask,mask_sha256";

    private DataList() {}

    /** The list; its own SHA-256 stands for all of the data. */
    static String text(Split split) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (Pair pair : split.training()) {
            lines.add(line(pair, "training"));
        }
        for (Pair pair : split.validation()) {
            lines.add(line(pair, "validation"));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(Pair pair, String part) throws IOException {
        return String.join(
                ",",
                CsvCell.of(pair.stem()),
                part,
                CsvCell.of(pair.imageName()),
                Sha256.ofFileOrFolder(pair.image()),
                CsvCell.of(pair.mask().getFileName().toString()),
                Sha256.ofFileOrFolder(pair.mask()));
    }
}
