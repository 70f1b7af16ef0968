package io.github.transfuse.imagej;

import ij.gui.GenericDialog;
import io.github.transfuse.TransFuse;
import io.github.transfuse.model.ModelCatalogue;
import java.awt.Choice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Offers the models that are found by name, with what they segment. */
final class ModelChooser {
    /** Label of the button that calls {@link #ask}. */
    static final String LABEL = "Choose a model ...";

    private ModelChooser() {}

    /**
     * Asks; empty if the user pressed Cancel.
     *
     * @throws IOException if the folders of models cannot be read
     */
    static Optional<String> ask() throws IOException {
        List<ModelCatalogue.Entry> models = TransFuse.models().entries();
        String[] lines = models.stream().map(ModelChooser::line).toArray(String[]::new);
        GenericDialog dialog = new GenericDialog("Models");
        dialog.addChoice("Model", lines, lines[0]);
        dialog.addMessage("Models of your own are found in " + ModelCatalogue.userFolder());
        dialog.showDialog();
        // Asked by its own method, the dialog would record its choice for a macro
        int chosen = ((Choice) dialog.getChoices().get(0)).getSelectedIndex();
        return dialog.wasCanceled()
                ? Optional.empty()
                : Optional.of(models.get(chosen).name());
    }

    private static String line(ModelCatalogue.Entry model) {
        return model.name() + ": " + model.spec().identity().title();
    }
}
