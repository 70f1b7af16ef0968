package io.github.transfuse.qupath;

import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * A window that asks, beside QuPath's own, which stays usable. It says why what was entered is not accepted, and what was
 * entered stays. Used on the JavaFX thread.
 */
final class AskStage {
    private static final double GAP = 8;
    private static final double WIDTH = 680;

    private final Stage stage = new Stage();
    private final HBox buttons = new HBox(GAP);
    private final Button accept;
    private final ProblemLabel problem = new ProblemLabel(WIDTH);

    /** What follows the button; an exception is told, and the window stays. */
    interface Accepted {
        void run() throws Exception;
    }

    /**
     * A window that is not shown yet.
     *
     * @param word on the button
     */
    AskStage(String title, Optional<Window> owner, String word) {
        accept = new Button(word);
        accept.setDefaultButton(true);
        owner.ifPresent(stage::initOwner);
        stage.setTitle(title);
    }

    /** A button on the left. */
    AskStage left(Button button) {
        buttons.getChildren().add(button);
        return this;
    }

    /** Fills and shows the window. */
    void show(List<? extends Node> content, Accepted accepted) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button close = new Button("Close");
        close.setOnAction(event -> stage.close());
        accept.setOnAction(event -> {
            problem.clear();
            attempt(accepted);
        });
        buttons.getChildren().addAll(gap, close, accept);
        VBox fields = new VBox(GAP);
        fields.getChildren().addAll(content);
        // low screens cannot show all fields at once
        ScrollPane scroll = new ScrollPane(fields);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        fields.heightProperty().addListener((property, before, now) -> {
            scroll.setPrefViewportHeight(now.doubleValue());
            Platform.runLater(stage::sizeToScene);
        });
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox all = new VBox(GAP, scroll, problem, buttons);
        all.setPadding(new Insets(GAP));
        all.setPrefWidth(WIDTH);
        stage.setMaxHeight(Screen.getPrimary().getVisualBounds().getHeight());
        Scene scene = new Scene(all);
        scene.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                stage.close();
            }
        });
        problem.managedProperty().addListener((property, before, now) -> stage.sizeToScene());
        stage.setScene(scene);
        // what unfolds must not push the buttons below the screen
        stage.heightProperty().addListener((property, before, now) -> keepOnScreen());
        stage.show();
    }

    private void keepOnScreen() {
        Rectangle2D screen = Screen.getScreensForRectangle(stage.getX(), stage.getY(), 1, 1).stream()
                .findFirst()
                .orElse(Screen.getPrimary())
                .getVisualBounds();
        double top = top(stage.getY(), stage.getHeight(), screen.getMinY(), screen.getMaxY());
        if (top < stage.getY()) {
            stage.setY(top);
        }
    }

    /** Where a window begins that reaches no further down than a screen, unless it is higher than that. */
    static double top(double y, double height, double screenTop, double screenBottom) {
        return Math.min(y, Math.max(screenTop, screenBottom - height));
    }

    /** Does something that may be refused, which is told. */
    void attempt(Accepted work) {
        try {
            work.run();
        } catch (RuntimeException | java.io.IOException e) {
            refuse(e);
        } catch (Exception e) {
            refuse(new IllegalStateException(e));
        }
    }

    void refuse(Throwable why) {
        problem.say(why);
        stage.sizeToScene();
    }

    Stage stage() {
        return stage;
    }

    /** The button that goes on. */
    Button button() {
        return accept;
    }
}
