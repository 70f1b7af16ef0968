package io.github.transfuse.imagej;

import ij.ImagePlus;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.training.ClassList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Masks drawn from the ROIs of open images: those of the ROI Manager, of overlays, and selections. */
final class DrawnTruth {
    private final List<ImagePlus> images;
    private final Optional<ModelSpec> evaluated;
    private final Consumer<String> notes;
    private final List<ImagePlus> masks = new ArrayList<>();
    private List<String> classes = List.of();

    /**
     * Draws nothing yet.
     *
     * @param evaluated model that is evaluated, whose classes are known; empty: one is trained
     * @param notes told what the ROIs are taken for
     */
    DrawnTruth(List<ImagePlus> images, Optional<ModelSpec> evaluated, Consumer<String> notes) {
        this.images = images;
        this.evaluated = evaluated;
        this.notes = notes;
    }

    /** The settings of a training that goes on with masks that were drawn before. */
    static Settings again(Settings settings, Path folder) throws IOException {
        return ClassList.beside(folder.resolve("masks")).isPresent() ? settings : with(settings, RoiMeaning.OBJECTS);
    }

    /**
     * Draws the masks, and says in the settings what they are.
     *
     * @param named whether the setting {@code masks} says where the ROIs lie
     * @throws IllegalArgumentException if an image has no ROI with an area, or it is not clear which are meant
     * @throws IOException if it is not clear what they are
     */
    Settings draw(Settings settings, boolean named) throws IOException {
        Optional<String> source = named ? Optional.of(settings.written(Keys.MASKS)) : Optional.empty();
        if (images.size() > 1) {
            if (source.filter(RoiSource.MANAGER::equals).isPresent()) {
                throw new IllegalArgumentException("The ROIs of the ROI Manager do not say of which of the "
                        + images.size() + " images they are. Set masks=" + RoiSource.OVERLAY
                        + " and put them into the overlays, or name one image.");
            }
            source = Optional.of(RoiSource.OVERLAY);
        }
        List<RoiMasks.Drawn> truth = new ArrayList<>();
        for (ImagePlus image : images) {
            truth.add(RoiSource.truth(image, source));
        }
        RoiMasks rois = meant(truth, RoiMeaning.of(settings.written(Keys.MASK_TYPE)));
        for (RoiMasks.Drawn one : truth) {
            masks.add(rois.draw(one, notes));
        }
        if (evaluated.isPresent()) {
            return with(settings, rois.meaning());
        }
        if (rois.meaning() == RoiMeaning.OBJECTS) {
            notes.accept("Each ROI is an object.");
            return with(settings, RoiMeaning.OBJECTS);
        }
        classes = rois.classes();
        notes.accept("Classes drawn from ROIs: " + String.join(", ", classes));
        return settings;
    }

    private RoiMasks meant(List<RoiMasks.Drawn> truth, Optional<RoiMeaning> asked) throws IOException {
        if (evaluated.isEmpty()) {
            return RoiMasks.of(truth, asked);
        }
        OutputSpec output = evaluated.get().output();
        RoiMeaning ofClasses = output.classes().size() > 1 ? RoiMeaning.CLASSES : RoiMeaning.ONE;
        RoiMeaning ofModel = output.kind() == OutputSpec.Kind.CLASSES ? ofClasses : RoiMeaning.OBJECTS;
        return asked.orElse(ofModel) == RoiMeaning.CLASSES
                ? RoiMasks.ofKnown(
                        truth,
                        output.classes().stream()
                                .map(OutputSpec.ClassSpec::name)
                                .toList())
                : RoiMasks.of(truth, Optional.of(asked.orElse(ofModel)));
    }

    /** One for each image, in their order. */
    List<ImagePlus> masks() {
        return List.copyOf(masks);
    }

    /** Writes the names of the classes beside the masks; removes the list where they are objects. */
    void writeClasses(Path folder) throws IOException {
        if (classes.isEmpty()) {
            ClassList.remove(folder);
        } else {
            ClassList.write(folder, classes);
        }
    }

    private static Settings with(Settings settings, RoiMeaning meaning) {
        return settings.with(Keys.MASK_TYPE, meaning.maskType());
    }
}
