package io.github.transfuse.torch.train;

import io.github.transfuse.engine.TrainingPlan.Origin;
import io.github.transfuse.model.ClassTransfer;
import io.github.transfuse.model.KeptFromStart;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.Role;
import io.github.transfuse.network.TensorSpec;
import io.github.transfuse.network.TransFuseSpec;
import io.github.transfuse.torch.nn.ShapeText;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.PthFile;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Starts from another model, to fine-tune it. What fits is taken over; first convolutions for another number of channels
 * get the mean of the stored kernels, position tables are resampled, outputs follow the names of the classes ({@link
 * ClassTransfer}), and those of other classes start at random, all of which is said.
 */
final class StartingWeights {

    private final TransFuseNetwork network;
    private final Map<String, TensorSpec> layers;
    private final String source;
    private final Optional<ClassTransfer> classes;
    private final List<String> notes = new ArrayList<>();

    private StartingWeights(TransFuseNetwork network, String source, Optional<ClassTransfer> classes) {
        this.network = network;
        layers = network.layers().state();
        this.source = source;
        this.classes = classes;
    }

    /**
     * Fills a network, whose random heads stay where the stored ones do not fit.
     *
     * @param model a model folder or a {@code .pth} file
     * @param wanted the new model
     * @param origin of the model: of one that the program chose, the only class is taken for that of the new one, whatever
     *     their names; how the general one saw images is not told
     * @return sentences about what was kept and what was replaced
     * @throws IOException if the model cannot be read, or is of another variant
     */
    static List<String> load(TransFuseNetwork network, Path model, ModelSpec wanted, Origin origin) throws IOException {
        String file = model.getFileName().toString();
        if (Files.isDirectory(model)) {
            ModelFolder folder = ModelFolder.open(model);
            ModelSpec from = folder.spec();
            String name = from.identity().name();
            ClassTransfer classes =
                    origin.isChosen() ? ClassTransfer.ofAnyName(from, wanted) : ClassTransfer.of(from, wanted);
            StartingWeights weights = new StartingWeights(network, name, Optional.of(classes));
            if (origin == Origin.GENERAL && !classes.isWhole()) {
                weights.note("the output layers start at random, because " + name + " has other classes");
            } else if (origin != Origin.GENERAL) {
                weights.notes.addAll(new KeptFromStart(from, wanted, classes).sentences(name));
            }
            weights.fill(folder.tensors(), from.network().variant().grid());
            return List.copyOf(weights.notes);
        }
        StartingWeights weights = new StartingWeights(network, file, Optional.empty());
        weights.fill(PthFile.read(model), new int[0]);
        weights.compare(Normalization.IMAGENET, wanted.input().normalization());
        return List.copyOf(weights.notes);
    }

    private void fill(TensorStore store, int... grid) throws IOException {
        List<String> misfits = new ArrayList<>();
        List<String> random = network.layers().finest();
        boolean otherStages = network.spec().variant().isFine() != TransFuseSpec.hasThirdStage(store.names());
        if (otherStages) {
            note("the last step of the decoder starts at random, because " + source + " has "
                    + (network.spec().variant().isFine() ? "a step less" : "a step more"));
        }
        for (Map.Entry<String, Tensor> entry : network.stateDict().entrySet()) {
            String name = entry.getKey();
            if (otherStages && random.stream().anyMatch(name::startsWith)) {
                continue;
            }
            if (!store.has(name)) {
                misfits.add(name + " is missing");
            } else if (!take(store.get(name), entry.getValue(), grid)) {
                misfits.add(
                        name + " has shape " + Arrays.toString(store.get(name).shape()) + " instead of "
                                + ShapeText.toString(entry.getValue()));
            }
        }
        if (!misfits.isEmpty()) {
            throw new ModelFormatException(source + " is of another variant than "
                    + network.spec().variant().name() + ": "
                    + String.join("; ", misfits.subList(0, Math.min(3, misfits.size())))
                    + ". Train the same variant as the model to start from.");
        }
    }

    private boolean take(StoredTensor stored, Tensor into, int... grid) {
        Role role = layers.get(stored.name()).role();
        if (role == Role.CLASSES
                && classes.filter(transfer -> !transfer.isWhole()).isPresent()) {
            return outputs(stored, into, classes.get().rows());
        }
        if (Arrays.equals(stored.shape(), ShapeText.of(into))) {
            StateDict.copy(stored, into);
            return true;
        }
        if (role == Role.CLASSES) {
            note("the output layers start at random, because " + source + " has other classes");
            return true;
        }
        if (role == Role.CHANNELS && sameButAxis1(stored.shape(), ShapeText.of(into))) {
            Backbones.adapted(stored, into);
            note(Backbones.adaptedNote(into.size(1), stored.shape()[1]));
            return true;
        }
        return role == Role.POSITIONS && positions(stored, into, grid);
    }

    /** The outputs of classes that the start knows; the others stay random. False if the layer has another width. */
    private static boolean outputs(StoredTensor stored, Tensor into, List<double[]> rows) {
        long[] shape = stored.shape();
        long[] wanted = ShapeText.of(into);
        if (shape.length != wanted.length || !Arrays.equals(shape, 1, shape.length, wanted, 1, wanted.length)) {
            return false;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor from = Tensor.create(stored.floats(), shape);
            for (int output = 0; output < rows.size(); output++) {
                double[] row = rows.get(output);
                if (row.length > 0) {
                    into.select(0, output).copy_(weighted(from, row));
                }
            }
        }
        return true;
    }

    private static Tensor weighted(Tensor from, double... row) {
        Tensor sum = from.select(0, 0).mul(new Scalar(row[0]));
        for (int i = 1; i < row.length; i++) {
            sum = sum.add(from.select(0, i).mul(new Scalar(row[i])));
        }
        return sum;
    }

    private static boolean sameButAxis1(long[] a, long[] b) {
        return a.length == b.length && a[0] == b[0] && Arrays.equals(a, 2, a.length, b, 2, b.length);
    }

    private boolean positions(StoredTensor stored, Tensor into, int... grid) {
        long[] shape = stored.shape();
        if (shape.length != 3 || shape[2] != into.size(2)) {
            return false;
        }
        int[] wanted = network.spec().variant().grid();
        Optional<int[]> from =
                grid.length > 0 && Arrays.stream(grid).asLongStream().reduce(1, (a, b) -> a * b) == shape[1]
                        ? Optional.of(grid)
                        : gridOf(Math.toIntExact(shape[1]));
        if (from.isEmpty() || from.get().length != wanted.length) {
            return false;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor table = Tensor.create(stored.floats(), shape);
            into.copy_(Inflation.positions(table, from.get(), wanted));
        }
        note("the position table is resampled to "
                + Arrays.stream(wanted).mapToObj(Integer::toString).collect(Collectors.joining(" x ")));
        return true;
    }

    /** Grids of the published models, and squares. */
    private static Optional<int[]> gridOf(int tokens) {
        int side = (int) Math.round(Math.sqrt(tokens));
        return switch (tokens) {
            case 192 -> Optional.of(new int[] {12, 16});
            case 768 -> Optional.of(new int[] {24, 32});
            default -> side * side == tokens ? Optional.of(new int[] {side, side}) : Optional.empty();
        };
    }

    private void compare(Normalization stored, Normalization wanted) {
        if (!stored.equals(wanted)) {
            note("images are normalised in another way than for " + source + "; the first epochs adapt to it");
        }
    }

    private void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }
}
