package io.github.transfuse.qupath;

import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.slide.ObjectKind;
import io.github.transfuse.slide.SlideOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a user asked for in the dialog; becomes a builder and the script that repeats it.
 *
 * @param model name or folder
 * @param device as in the settings
 * @param channels as in the settings; empty: as they come
 * @param threshold of the probability; empty: the model's
 * @param pixelSize at which the slide is read, in microns; empty: the model's
 * @param objects what is made of the result
 * @param scope what is segmented
 */
record SegmentRequest(
        String model,
        String device,
        Optional<String> channels,
        OptionalDouble threshold,
        OptionalDouble pixelSize,
        SlideOptions.Objects objects,
        Scope scope) {

    /** What is segmented. */
    enum Scope {
        /** The objects that are selected. */
        SELECTED("selected annotations"),
        /** All planes of the image. */
        WHOLE_IMAGE("whole image");

        private final String label;

        Scope(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** What is proposed first. */
    static final SegmentRequest FIRST = new SegmentRequest(
            ModelCatalogue.DEFAULT,
            "auto",
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            SlideOptions.DEFAULT.objects(),
            Scope.SELECTED);

    /** The same for all of the image. */
    SegmentRequest ofWholeImage() {
        return new SegmentRequest(model, device, channels, threshold, pixelSize, objects, Scope.WHOLE_IMAGE);
    }

    TransFuseBuilder builder() {
        TransFuseBuilder builder = TransFuseBuilder.builder(model)
                .device(device)
                .minArea(objects.minArea())
                .tissueOnly(objects.tissueOnly())
                .measurements(objects.measurements())
                .create(objects.kind());
        if (channels.isPresent()) {
            builder = builder.channels(channels.get());
        }
        if (pixelSize.isPresent()) {
            builder = builder.pixelSize(pixelSize.getAsDouble());
        }
        return threshold.isPresent() ? builder.threshold(threshold.getAsDouble()) : builder;
    }

    /**
     * A Groovy script that does the same again, with this or another image: it takes the numbers for normalisation from the
     * image, as the run did.
     *
     * @param selection lines that select what is segmented, if it is not the whole image
     */
    String script(List<String> selection) {
        List<String> lines = new ArrayList<>();
        lines.add("import io.github.transfuse.qupath.TransFuseBuilder");
        lines.add("");
        lines.add("def transfuse = TransFuseBuilder.builder(" + quoted(model) + ")");
        calls().forEach(call -> lines.add("    ." + call));
        lines.add("    .build()");
        lines.add("try {");
        if (scope == Scope.SELECTED) {
            selection.forEach(line -> lines.add("    " + line));
        }
        lines.add("    println transfuse.segment(" + (scope == Scope.WHOLE_IMAGE ? "getCurrentImageData()" : "") + ")");
        lines.add("} finally {");
        lines.add("    transfuse.close()");
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private List<String> calls() {
        List<String> calls = new ArrayList<>();
        calls.add("device(" + quoted(device) + ")");
        channels.ifPresent(list -> calls.add("channels(" + quoted(list) + ")"));
        threshold.ifPresent(value -> calls.add("threshold(" + value + ")"));
        pixelSize.ifPresent(value -> calls.add("pixelSize(" + value + ")"));
        if (objects.kind() != ObjectKind.BY_MODEL) {
            calls.add(objects.kind() == ObjectKind.DETECTIONS ? "createDetections()" : "createAnnotations()");
        }
        calls.add("minArea(" + objects.minArea() + ")");
        calls.add("tissueOnly(" + objects.tissueOnly() + ")");
        calls.add("measurements(" + objects.measurements() + ")");
        return calls;
    }

    /** A Groovy string: nothing in a path may end it or be replaced. Windows paths work with slashes too. */
    static String quoted(String text) {
        return "'" + text.replace('\\', '/').replace("'", "\\'") + "'";
    }
}
