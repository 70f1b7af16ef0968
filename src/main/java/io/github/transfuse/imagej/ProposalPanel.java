package io.github.transfuse.imagej;

import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.training.TrainingProposal;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.swing.BorderFactory;
import javax.swing.ImageIcon;
import javax.swing.JButton;
import javax.swing.JEditorPane;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;

/** What a training would choose, in words, and what the network would see, in pictures; made when the user asks. */
final class ProposalPanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final String HINT = "Before you train: see what is chosen for you, and what the network will see."
            + " Outlines in the pictures are what it shall find.";
    private static final int WIDTH = 400;
    private static final int TEXT_HEIGHT = 170;
    private static final int SIDE = 90;
    private static final int PICTURE_HEIGHT = 350;

    private final JEditorPane text = new JEditorPane("text/html", "");
    private final JLabel picture = new JLabel();
    private final JButton look = new JButton("Look at the images");
    private final transient Supplier<Settings> settings;

    /** What was found. */
    private record Found(TrainingProposal proposal, Settings asked, BufferedImage samples) {}

    /**
     * Shows nothing yet.
     *
     * @param settings what to train with, as the dialog says now
     */
    ProposalPanel(Supplier<Settings> settings) {
        super(new BorderLayout(4, 4));
        this.settings = settings;
        text.setName("proposal");
        text.setEditable(false);
        text.setOpaque(false);
        text.putClientProperty(JEditorPane.HONOR_DISPLAY_PROPERTIES, true);
        text.setFont(picture.getFont());
        JScrollPane scroll = new JScrollPane(text);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.setPreferredSize(new Dimension(WIDTH, TEXT_HEIGHT));
        look.addActionListener(event -> look());
        JPanel line = new JPanel(new FlowLayout(FlowLayout.LEADING, 0, 0));
        line.add(look);
        picture.setName("samples");
        picture.setPreferredSize(new Dimension(WIDTH, PICTURE_HEIGHT));
        picture.setVerticalAlignment(JLabel.TOP);
        add(line, BorderLayout.NORTH);
        add(scroll, BorderLayout.CENTER);
        add(picture, BorderLayout.SOUTH);
        tell(HINT);
    }

    /** Something was changed: what is shown may be of before. */
    void outdated() {
        if (picture.getIcon() != null) {
            look.setText("Look again: something was changed");
        }
    }

    private void look() {
        Settings asked;
        try {
            asked = settings.get();
        } catch (IllegalArgumentException e) {
            tell(Failures.message(e));
            return;
        }
        look.setEnabled(false);
        look.setText("Look at the images");
        tell("Looking at the images ...");
        Background.start(
                () -> new Found(TrainingAssistant.propose(asked), asked, TrainingAssistant.samples(asked, SIDE)),
                this::show,
                this::fail);
    }

    private void show(Found found) {
        look.setEnabled(true);
        picture.setIcon(new ImageIcon(found.samples()));
        String sentences = found.proposal().sentences().stream()
                .map(ProposalPanel::escaped)
                .collect(Collectors.joining("</li><li>", "<ul><li>", "</li></ul>"));
        text.setText(html("Chosen for these images: " + escaped(chosen(found)) + "." + sentences));
        text.setCaretPosition(0);
    }

    /** What the user left open, as it would be. */
    private static String chosen(Found found) {
        Map<String, String> before = found.asked().all();
        List<SettingSpec> rows = found.asked().task().specs();
        Map<String, String> now = found.proposal().settings().all();
        return rows.stream()
                .filter(row -> !now.get(row.name()).equals(before.get(row.name())))
                .map(row -> row.title().replaceFirst(" \\(.*", "") + " " + now.get(row.name()))
                .collect(Collectors.joining("; "));
    }

    private void fail(String message) {
        look.setEnabled(true);
        picture.setIcon(null);
        tell(message);
    }

    private void tell(String sentence) {
        text.setText(html(escaped(sentence)));
    }

    private static String html(String body) {
        return "<html><body style='margin:2px'>" + body + "</body></html>";
    }

    private static String escaped(String sentence) {
        return sentence.replace("&", "&amp;").replace("<", "&lt;");
    }
}
