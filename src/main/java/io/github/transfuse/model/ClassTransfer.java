package io.github.transfuse.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which outputs of a new model come from those of the model that it starts from: those of classes with the same name, each as
 * a weighted sum of the start's outputs.
 *
 * <p>A foreground of its own against a background are two ways to write the same logits: a sigmoid is a softmax in which the
 * background has the logit 0. Objects learned as interior and boundary are a foreground, too, as the mean of both.
 */
public final class ClassTransfer {
    private final ModelSpec start;
    private final OutputSpec from;
    private final OutputSpec to;
    private final int outputsFrom;
    private final int outputsTo;
    private final boolean anyName;

    private ClassTransfer(ModelSpec from, ModelSpec to, boolean anyName) {
        start = from;
        this.from = from.output();
        this.to = to.output();
        outputsFrom = from.network().classes();
        outputsTo = to.network().classes();
        // an object's interior and boundary are that whatever the object is called
        this.anyName = (anyName || (ofObjects(from.output()) && ofObjects(to.output())))
                && from.output().classes().size() == 1
                && to.output().classes().size() == 1;
    }

    /** From the model that is started from to the new one. */
    public static ClassTransfer of(ModelSpec from, ModelSpec to) {
        return new ClassTransfer(from, to, false);
    }

    /** The same, but where both have one class it is taken for the same, whatever its name. */
    public static ClassTransfer ofAnyName(ModelSpec from, ModelSpec to) {
        return new ClassTransfer(from, to, true);
    }

    /**
     * How each output of the new model is made.
     *
     * @return for each of its outputs a weight per output of the start; no weights: it starts anew
     */
    public List<double[]> rows() {
        List<double[]> rows = new ArrayList<>();
        for (int output = 0; output < outputsTo; output++) {
            rows.add(kept().isEmpty() ? new double[0] : row(output));
        }
        return rows;
    }

    /** Whether the outputs are those of the start, one by one. */
    public boolean isWhole() {
        List<double[]> rows = rows();
        return outputsFrom == outputsTo
                && IntStream.range(0, outputsTo)
                        .allMatch(i -> rows.get(i).length > 0
                                && IntStream.range(0, outputsFrom).allMatch(j -> rows.get(i)[j] == (i == j ? 1 : 0)));
    }

    /** Names of the classes whose outputs are kept. */
    public List<String> kept() {
        boolean objectsAnew = ofObjects(to) && !ofObjects(from);
        return objectsAnew
                ? List.of()
                : to.classes().stream()
                        .map(OutputSpec.ClassSpec::name)
                        .filter(name -> place(name).isPresent())
                        .toList();
    }

    private double[] row(int output) {
        if (ofObjects(to)) {
            return unit(output);
        }
        if (outputsTo == 1) {
            double[] row = ofClass(place(to.classes().get(0).name()).orElseThrow());
            double[] background = background();
            IntStream.range(0, row.length).forEach(i -> row[i] -= background[i]);
            return row;
        }
        if (output == 0) {
            return background();
        }
        OptionalInt place = output <= to.classes().size()
                ? place(to.classes().get(output - 1).name())
                : OptionalInt.empty();
        return place.isPresent() ? ofClass(place.getAsInt()) : new double[0];
    }

    /** Index of the class of this name in the start. */
    private OptionalInt place(String name) {
        return IntStream.range(0, from.classes().size())
                .filter(i -> anyName || isSame(start, i, name))
                .findFirst();
    }

    /**
     * Whether a name is that of a class of a model, whatever the case of its letters; a model with one class has it under its
     * own name, too, so that {@code nuclei} are those of the model {@code nuclei}.
     *
     * @param index of the class, from 0 on
     */
    public static boolean isSame(ModelSpec model, int index, String name) {
        List<OutputSpec.ClassSpec> classes = model.output().classes();
        boolean only =
                classes.size() == 1 && plain(name).equals(plain(model.identity().name()));
        return only || plain(name).equals(plain(classes.get(index).name()));
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private double[] background() {
        return outputsFrom == 1 ? new double[1] : unit(0);
    }

    private double[] ofClass(int place) {
        if (ofObjects(from)) {
            return new double[] {0, 0.5, 0.5};
        }
        return unit(outputsFrom == 1 ? 0 : place + 1);
    }

    private double[] unit(int output) {
        double[] unit = new double[outputsFrom];
        unit[output] = 1;
        return unit;
    }

    private static boolean ofObjects(OutputSpec output) {
        return output.kind() == OutputSpec.Kind.BOUNDARY_INSTANCES;
    }
}
