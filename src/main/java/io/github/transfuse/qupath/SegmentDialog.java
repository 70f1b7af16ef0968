package io.github.transfuse.qupath;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.Counted;
import io.github.transfuse.slide.SlideChannels;
import io.github.transfuse.slide.SlideInfo;
import io.github.transfuse.slide.SlideModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/** The fields of the dialog, and what the user entered. Used on the JavaFX thread. */
final class SegmentDialog {
    /** The bundled model of nuclei in stained tissue. */
    private static final String STAINED = "nuclei-he";

    private final ModelField model;
    private final SettingRows first;
    private final SettingRows more;
    private final ChoiceBox<SegmentRequest.Scope> scope = new ChoiceBox<>();
    private final Label selected = new Label();
    private final Label told = new Label();

    /**
     * A dialog.
     *
     * @param proposed what its fields say
     * @param slide for which models that fit it come first
     * @param channels that can be chosen
     * @param stained whether it is a brightfield image
     * @throws IOException if the folders of models cannot be read
     */
    SegmentDialog(SegmentRequest proposed, SlideInfo slide, SlideChannels channels, boolean stained)
            throws IOException {
        List<ModelCatalogue.Entry> models = fittingFirst(SlideModels.list(), slide, stained);
        model = new ModelField(List.of(), models, "Model");
        List<String> offered = new ArrayList<>(List.of(Settings.slides().written(Keys.SLIDE_CHANNELS)));
        offered.addAll(channels.channels());
        offered.addAll(channels.stains());
        first = new SettingRows(proposed.settings(), SegmentRequest.FIRST_ROWS, Map.of(Keys.SLIDE_CHANNELS, offered));
        more = new SettingRows(proposed.settings(), SegmentRequest.MORE_ROWS);
        scope.getItems().setAll(SegmentRequest.Scope.values());
        model.value()
                .set(
                        proposed.settings().isGiven(Keys.MODEL) || models.isEmpty()
                                ? proposed.settings().get(Keys.MODEL)
                                : models.get(0).name());
        scope.setValue(proposed.scope());
        scope.setTooltip(new Tooltip("What is selected now, or all of the image. A stack has several planes."));
        told.setMinHeight(told.getFont().getSize() * 2);
    }

    /**
     * Models that are made for such images come first: the user's own, then those of objects, then others that see tiles; of
     * brightfield images first of all the one that knows stains.
     */
    static List<ModelCatalogue.Entry> fittingFirst(
            List<ModelCatalogue.Entry> models, SlideInfo slide, boolean stained) {
        return models.stream()
                .sorted(Comparator.comparing((ModelCatalogue.Entry entry) -> !SlideModels.fits(entry.spec(), slide))
                        .thenComparing(entry -> entry.source() == ModelCatalogue.Source.BUNDLED)
                        .thenComparing(entry -> entry.spec().output().kind() != OutputSpec.Kind.BOUNDARY_INSTANCES)
                        .thenComparing(entry -> entry.spec().input().rule() != InputSpec.Rule.TILE)
                        .thenComparing(entry -> stained != entry.name().equals(STAINED)))
                .toList();
    }

    /**
     * All that is shown.
     *
     * @param select buttons that select objects
     */
    List<Node> content(List<Button> select) {
        DialogGrid grid = new DialogGrid();
        grid.add("Model", model);
        grid.add("Segment", scope);
        HBox selecting = new HBox(DialogGrid.GAP, selected);
        selecting.setAlignment(Pos.CENTER_LEFT);
        selecting.getChildren().addAll(select);
        grid.add("", selecting);
        first.addTo(grid::add);
        DialogGrid others = new DialogGrid();
        more.addTo(others::add);
        return List.of(grid.pane(), others.more(), told);
    }

    /** Says how many objects are selected. */
    void selected(int count) {
        selected.setText(Counted.of(count, "object") + (count == 1 ? " is selected" : " are selected"));
    }

    /** Chooses what is segmented. */
    void scope(SegmentRequest.Scope wanted) {
        scope.setValue(wanted);
    }

    /** Says something about the preview. */
    void tell(String sentence) {
        told.setText(sentence);
    }

    /**
     * What the user asked for.
     *
     * @throws IllegalArgumentException if a field holds something that cannot be
     */
    SegmentRequest request() {
        Settings settings = Settings.slides().with(Keys.MODEL, model.text());
        return new SegmentRequest(more.read(first.read(settings)), scope.getValue());
    }
}
