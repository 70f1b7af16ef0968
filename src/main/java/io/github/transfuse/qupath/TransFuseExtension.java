package io.github.transfuse.qupath;

import io.github.transfuse.engine.EngineStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import qupath.lib.common.Version;
import qupath.lib.gui.QuPathGUI;
import qupath.lib.gui.extensions.GitHubProject;
import qupath.lib.gui.extensions.QuPathExtension;

/** Adds TransFuse to QuPath's menus. QuPath finds it by {@code META-INF/services}. */
public final class TransFuseExtension implements QuPathExtension, GitHubProject {
    private static final String MENU = "Extensions>TransFuse>";

    private static final String ENGINE_HELP =
            "What is missing for the processor is fetched at the first Segment or Train."
                    + " PyTorch for GPUs: with TransFuse's command line, 'transfuse engine install --gpu', or the files above into"
                    + " the folder above. Then restart QuPath.";

    private boolean installed;

    /** Called by QuPath. */
    public TransFuseExtension() {}

    @Override
    public void installExtension(QuPathGUI qupath) {
        if (installed) {
            return;
        }
        installed = true;
        qupath.installImageDataCommand(MENU + "Segment...", new SegmentCommand(qupath)::show);
        TrainCommand train = new TrainCommand(qupath, true);
        TrainCommand export = new TrainCommand(qupath, false);
        qupath.installImageDataCommand(MENU + "Train...", image -> train.show());
        qupath.installImageDataCommand(MENU + "Export training set...", image -> export.show());
        qupath.installCommand(
                MENU + "Engine...",
                () -> HelpStage.open(
                        String.join("\n", EngineStatus.lines(false)) + "\n\n"
                                + String.join("\n", EngineStatus.lines(true)) + "\n\n" + ENGINE_HELP,
                        qupath.getStage()));
        template(qupath, "Tissue, nuclei, cells, measurements", "tissue-nuclei-cells.groovy");
        template(qupath, "Nuclei in annotations", "segment-selected.groovy");
        template(qupath, "Nuclei in the whole image", "segment-image.groovy");
        template(qupath, "Nuclei and cells in fluorescence", "segment-fluorescence.groovy");
        template(qupath, "Train with the project", "train.groovy");
        template(qupath, "Export a training set", "export-training-set.groovy");
    }

    private static void template(QuPathGUI qupath, String title, String resource) {
        qupath.installCommand(MENU + "Script templates>" + title, () -> qupath.getScriptEditor()
                .showScript(title, text(resource)));
    }

    /** A script template of this name. */
    static String text(String resource) {
        try (InputStream in = TransFuseExtension.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getName() {
        return "TransFuse";
    }

    @Override
    public String getDescription() {
        return "Segments slides with TransFuse, a parallel CNN and Transformer, without Python, and trains from"
                + " annotations.";
    }

    /** Where QuPath looks for newer versions. */
    @Override
    public GitHubRepo getRepository() {
        return GitHubRepo.create("TransFuse", "transfuse", "transfuse");
    }

    @Override
    public Version getQuPathVersion() {
        return Version.parse("v0.6.0");
    }
}
