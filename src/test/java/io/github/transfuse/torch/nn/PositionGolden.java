package io.github.transfuse.torch.nn;

import static io.github.transfuse.Close.assertClose;

import io.github.transfuse.GoldenIndex.Entry;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Checks resampled position tables against the reference's. */
public final class PositionGolden {

    /** Such as c8_14_to_22x22: channels, side of the source grid, rows, columns. */
    private static final Pattern NAME = Pattern.compile("c(\\d+)_(\\d+)_to_(\\d+)x(\\d+)");

    /** S_12x16 was made from the 14 x 14 table of DeiT-small. */
    private static final Pattern DEIT = Pattern.compile("S_(\\d+)x(\\d+)");

    private PositionGolden() {}

    /** All tables of the file. */
    public static void check(Entry entry) throws IOException {
        TensorStore store = Safetensors.open(entry.file());
        int seed = Integer.parseInt(store.metadata().get("seed"));
        for (String name : store.names()) {
            Matcher matcher = NAME.matcher(name);
            Matcher deit = DEIT.matcher(name);
            if (matcher.matches()) {
                check(store.get(name), seed, number(matcher, 2), number(matcher, 3), number(matcher, 4));
            } else if (deit.matches()) {
                check(store.get(name), seed, 14, number(deit, 1), number(deit, 2));
            } else {
                throw new AssertionError(entry.file() + ": table of unknown kind '" + name + "'");
            }
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** The source has the class token's entry in front. */
    private static void check(StoredTensor expected, int seed, int side, int rows, int columns) {
        long dim = expected.shape()[2];
        long entries = (long) side * side + 1;
        try (PointerScope scope = new PointerScope()) {
            StoredTensor source = FormulaFill.weight("pos_embed", new long[] {1, entries, dim}, seed);
            Tensor table = Tensor.create(source.floats(), 1, entries, dim).narrow(1, 1, entries - 1);
            double[] resized =
                    StateDict.doubles(PositionTable.resize(table, new long[] {side, side}, new long[] {rows, columns}));
            assertClose(expected.name(), expected.doubles(), resized, 0, 1e-6);
        }
    }
}
