package io.github.transfuse.imagej;

import io.github.transfuse.files.Pictures;
import io.github.transfuse.model.JointModels;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import java.awt.BorderLayout;
import java.awt.Image;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.swing.DefaultComboBoxModel;
import javax.swing.ImageIcon;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingConstants;
import javax.swing.filechooser.FileNameExtensionFilter;

/** A choice among the models, with a picture of each and what it is for; folders and zips are browsed for or dropped. */
final class ModelPicker extends JPanel {
    private static final long serialVersionUID = 1L;

    private static final int PICTURE = 96;
    private static final int TEXT_WIDTH = 390;
    /** Nothing is chosen until the user does. */
    private static final Choice NONE = new Choice(
            "",
            "Choose what to segment ...",
            "Each model segments one kind of thing. Images of another kind give wrong results without a warning.");

    private final transient ModelCatalogue catalogue;
    private final transient Consumer<String> failures;
    private final DefaultComboBoxModel<Item> items = new DefaultComboBoxModel<>();
    private final JComboBox<Item> choice = new JComboBox<>(items);
    private final JLabel card = new JLabel();

    /**
     * What can be chosen besides models.
     *
     * @param value what {@link #model} gives; empty: there is none yet
     * @param line what is shown
     * @param description of what it means
     */
    record Choice(String value, String line, String description) {}

    /**
     * One line of the choice.
     *
     * @param model name or folder; empty for no model
     * @param line what is shown
     * @param description of the model
     * @param spec of the model
     * @param fits whether it takes the image
     * @param picture of what it does
     */
    private record Item(
            String model,
            String line,
            String description,
            Optional<ModelSpec> spec,
            boolean fits,
            Supplier<Optional<byte[]>> picture) {
        @Override
        public String toString() {
            return line;
        }
    }

    /**
     * The models of this computer; those that take the image first. None is chosen.
     *
     * @param fits whether a model takes the image
     * @param changed runs when another model is chosen
     * @param failures is told why a folder is no model
     * @throws IOException if the folders of models cannot be read
     */
    ModelPicker(Predicate<ModelSpec> fits, Runnable changed, Consumer<String> failures) throws IOException {
        this(List.of(NONE), fits, changed, failures);
    }

    /**
     * The models of this computer behind other choices, the first of which is chosen.
     *
     * @param others at least one
     * @param fits whether a model can be chosen at all; those that cannot are last
     * @param changed runs when another choice is made
     * @param failures is told why a folder is no model
     * @throws IOException if the folders of models cannot be read
     */
    ModelPicker(List<Choice> others, Predicate<ModelSpec> fits, Runnable changed, Consumer<String> failures)
            throws IOException {
        super(new BorderLayout(4, 4));
        this.catalogue = ModelCatalogue.standard();
        this.failures = failures;
        others.forEach(other -> items.addElement(
                new Item(other.value(), other.line(), other.description(), Optional.empty(), true, Optional::empty)));
        list(fits);
        choice.setName("model");
        choice.getAccessibleContext().setAccessibleName("Model");
        choice.addActionListener(event -> {
            describe();
            changed.run();
        });
        JButton browse = new JButton("Browse...");
        browse.setToolTipText(
                "A folder with model.json and weights.safetensors, or a zip of one. It can also be dropped here.");
        browse.addActionListener(event -> browse());
        JPanel line = new JPanel(new BorderLayout(4, 0));
        line.add(choice, BorderLayout.CENTER);
        line.add(browse, BorderLayout.EAST);
        add(line, BorderLayout.NORTH);
        card.setIconTextGap(6);
        card.setVerticalAlignment(SwingConstants.TOP);
        card.setVerticalTextPosition(SwingConstants.BOTTOM);
        add(card, BorderLayout.CENTER);
        setTransferHandler(new FolderDrop(folder -> use(folder.toString()), failures));
        describe();
    }

    private void list(Predicate<ModelSpec> fits) throws IOException {
        List<Item> others = new ArrayList<>();
        for (ModelCatalogue.Entry entry : catalogue.entries()) {
            boolean suits = fits.test(entry.spec());
            String title = entry.name() + ": " + entry.spec().identity().title();
            Item item = new Item(
                    entry.name(),
                    suits ? title : title + " (not for this image)",
                    entry.spec().identity().description(),
                    Optional.of(entry.spec()),
                    suits,
                    () -> catalogue.picture(entry));
            if (suits) {
                items.addElement(item);
            } else {
                others.add(item);
            }
        }
        others.forEach(items::addElement);
    }

    /** The chosen model, its name or folder; empty if there is none yet. */
    Optional<String> model() {
        return Optional.of(((Item) choice.getSelectedItem()).model()).filter(name -> !name.isEmpty());
    }

    /** What the chosen model says of itself. */
    Optional<ModelSpec> spec() {
        return ((Item) choice.getSelectedItem()).spec();
    }

    /** Chooses a model that was used before, if it is still there and takes the image. */
    void recall(String model) {
        for (int i = 0; i < items.getSize(); i++) {
            if (items.getElementAt(i).model().equals(model)
                    && items.getElementAt(i).fits()) {
                choice.setSelectedIndex(i);
                return;
            }
        }
        if (model.contains("+") || (model.contains(File.separator) && new File(model).exists())) {
            use(model);
        }
    }

    private void browse() {
        JFileChooser chooser = new JFileChooser();
        chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
        chooser.setFileFilter(new FileNameExtensionFilter("Model folders and zips of them", "zip"));
        if (chooser.showOpenDialog(this) == JFileChooser.APPROVE_OPTION) {
            use(chooser.getSelectedFile().getPath());
        }
    }

    /** Adds a model folder, a zip of one, or several models that answer together, to the choice and chooses it. */
    private void use(String text) {
        try {
            List<ModelFolder> models = JointModels.find(text);
            ModelSpec spec = models.get(0).spec();
            String title = models.stream()
                    .map(model -> model.spec().identity().name())
                    .collect(
                            Collectors.joining(" + ", "", ": " + spec.identity().title()));
            Item item = new Item(text, title, spec.identity().description(), Optional.of(spec), true, Optional::empty);
            items.addElement(item);
            choice.setSelectedItem(item);
        } catch (IOException e) {
            failures.accept(Failures.message(e));
        }
    }

    private void describe() {
        Item item = (Item) choice.getSelectedItem();
        String text = item.description();
        card.setText("<html><div style='width:" + TEXT_WIDTH + "px'>" + text.replace("<", "&lt;") + "</div></html>");
        card.setIcon(item.picture().get().flatMap(ModelPicker::icon).orElse(null));
        card.setHorizontalTextPosition(card.getIcon() == null ? SwingConstants.TRAILING : SwingConstants.CENTER);
    }

    private static Optional<ImageIcon> icon(byte... picture) {
        try {
            return Pictures.read(picture)
                    .map(image -> new ImageIcon(image.getScaledInstance(-1, PICTURE, Image.SCALE_SMOOTH)));
        } catch (IOException e) {
            // A model can be chosen without its picture
            return Optional.empty();
        }
    }
}
