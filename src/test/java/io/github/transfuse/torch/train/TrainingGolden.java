package io.github.transfuse.torch.train;

import static io.github.transfuse.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.Close;
import io.github.transfuse.GoldenCase;
import io.github.transfuse.GoldenIndex.Entry;
import io.github.transfuse.torch.TorchModels;
import io.github.transfuse.torch.nn.FormulaFill;
import io.github.transfuse.torch.nn.GoldenDevice;
import io.github.transfuse.torch.nn.Logits;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Checks optimiser steps in float64 against the reference's: losses, gradients, weights and outputs. */
public final class TrainingGolden implements AutoCloseable {

    private static final double RTOL = 1e-6;
    private static final double ATOL = 1e-9;

    private final GoldenCase made;
    private final TensorStore store;
    private final List<String[]> table;
    private final TransFuseNetwork network;
    private final FlatParameters parameters;
    private final Adam adam;

    private TrainingGolden(Entry entry) throws IOException {
        made = entry.made(entry.file());
        store = Safetensors.open(entry.file());
        table = Files.readAllLines(entry.existing(entry.name() + ".grads.tsv")).stream()
                .map(line -> line.split("\t"))
                .toList();
        network = TorchModels.network(made.spec(true), made.seed());
        network.convert(tensor -> tensor.is_floating_point()
                ? tensor.to(GoldenDevice.device(), ScalarType.Double)
                : tensor.to(GoldenDevice.device(), tensor.scalar_type().intern()));
        parameters = new FlatParameters(network.namedParameters().values());
        adam = new Adam(List.of(parameters), metadata("beta1"));
    }

    /** All steps of one fixture. */
    public static void check(Entry entry) throws IOException {
        try (TrainingGolden golden = new TrainingGolden(entry)) {
            int steps = (int) golden.metadata("steps");
            double[] expected = golden.store.get("losses_f64").doubles();
            for (int step = 0; step < steps; step++) {
                double[] row = Arrays.copyOfRange(expected, 5 * step, 5 * step + 5);
                assertClose(entry.name() + " step " + step, row, golden.step(step), RTOL, ATOL);
            }
            golden.checkState();
            golden.checkOutputs();
        }
    }

    private double metadata(String key) {
        return Double.parseDouble(store.metadata().get(key));
    }

    /** Loss, the losses of map_x, map_1, map_2, and the gradient norm before clipping. */
    private double[] step(int step) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            network.train(true);
            parameters.zeroGradients();
            double[] pixels = FormulaFill.mask(made.batch(), made.height(), made.width(), made.seed());
            Tensor mask = Tensor.create(pixels, made.batch(), 1, made.height(), made.width())
                    .to(GoldenDevice.device(), ScalarType.Double);
            Logits logits = network.forward(image());
            DeepSupervision loss = DeepSupervision.of(logits, mask, new TensorOptional());
            loss.total().backward();
            if (step == 0) {
                checkMaps("train_fwd0/", logits);
                checkGradients();
            }
            double norm = adam.step(new double[] {metadata("lr")}, metadata("clip"));
            return new double[] {
                number(loss.total()), number(loss.mapX()), number(loss.map1()), number(loss.map2()), norm
            };
        }
    }

    private Tensor image() {
        float[] pixels = FormulaFill.image(made.batch(), made.height(), made.width(), made.seed());
        return Tensor.create(pixels, made.batch(), 3, made.height(), made.width())
                .to(GoldenDevice.device(), ScalarType.Double);
    }

    private static double number(Tensor scalar) {
        return scalar.item().toDouble();
    }

    private void checkMaps(String prefix, Logits logits) throws IOException {
        int step = (int) metadata("map_stride");
        Map<String, Tensor> maps = Map.of("map_x", logits.mapX(), "map_1", logits.map1(), "map_2", logits.map2());
        for (Map.Entry<String, Tensor> map : maps.entrySet()) {
            String name = prefix + map.getKey();
            double[] actual = Close.everyNth(StateDict.doubles(map.getValue()), step);
            assertClose(name, store.get(name).doubles(), actual, RTOL, ATOL);
        }
    }

    private void checkGradients() throws IOException {
        Map<String, Tensor> named = network.namedParameters();
        assertEquals("grad_l2_f64", table.get(0)[1]);
        assertEquals("grad_sum_f64", table.get(0)[3]);
        for (String[] row : table.subList(1, table.size())) {
            double[] gradient = StateDict.doubles(named.get(row[0]).grad());
            assertClose("gradient length of " + row[0], recorded(row[1]), length(gradient), RTOL, ATOL);
            double sum = Arrays.stream(gradient).sum();
            assertClose("gradient sum of " + row[0], recorded(row[3]), sum, RTOL, ATOL);
        }
        checkFirst("grad0/", named.keySet().stream().toList(), key -> named.get(key)
                .grad());
    }

    /** The class token takes part in nothing, so the reference has no gradient of it, where we have one of zeros. */
    private static double recorded(String number) {
        return number.equals("none") ? 0 : Double.parseDouble(number);
    }

    private void checkState() throws IOException {
        Map<String, Tensor> state = network.stateDict();
        assertEquals("param_l2_after_f64", table.get(0)[4]);
        for (String[] row : table.subList(1, table.size())) {
            double length = length(StateDict.doubles(state.get(row[0])));
            assertClose("length of " + row[0] + " after", Double.parseDouble(row[4]), length, RTOL, ATOL);
        }
        checkFirst("after/", state.keySet().stream().toList(), state::get);
    }

    private void checkFirst(String prefix, List<String> keys, TensorOf tensors) throws IOException {
        int checked = 0;
        for (String key : keys) {
            if (store.has(prefix + key)) {
                double[] expected = store.get(prefix + key).doubles();
                double[] all = StateDict.doubles(tensors.of(key));
                assertClose(prefix + key, expected, Arrays.copyOf(all, expected.length), RTOL, ATOL);
                checked++;
            }
        }
        long stored = store.names().stream().filter(n -> n.startsWith(prefix)).count();
        assertEquals(stored, checked, "tensors stored as " + prefix + "*");
    }

    private void checkOutputs() throws IOException {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            network.train(false);
            checkMaps("eval_after/", network.forward(image()));
        }
    }

    private static double length(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
    }

    @Override
    public void close() {
        adam.close();
        parameters.close();
        network.close();
    }

    @FunctionalInterface
    private interface TensorOf {
        Tensor of(String key);
    }
}
