package io.github.transfuse.view;

import io.github.transfuse.evaluation.CaseScore;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.evaluation.Measure;
import io.github.transfuse.files.Pictures;
import io.github.transfuse.metrics.Summary;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.LastNames;
import io.github.transfuse.settings.Settings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * An evaluation as one page of HTML that needs nothing else: pictures are inside, and nothing is linked. Start reading at
 * {@link #html}.
 */
public final class EvaluationPage {
    private static final String STYLE =
            """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
            h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2rem }
            table { border-collapse: collapse } th, td { padding: .3rem .8rem; text-align: right }
            th { border-bottom: 2px solid #888 } td { border-bottom: 1px solid #ddd }
            th:first-child, td:first-child { text-align: left }
            .cases { display: flex; flex-wrap: wrap; gap: 1rem } figure { margin: 0; width: 20rem }
            img { max-width: 100% } figure img { width: 100% } .bad { color: #a00 } .small { color: #666; font-size: .85rem }
            .truth { color: #12833c; font-weight: bold } .prediction { color: #c4178a; font-weight: bold }
            """;

    private static final String DEFINITIONS =
            """
            <h2>Definitions</h2>
            <ul>
            <li>Dice = (2I + e) / (P + T + e), IoU = I / U, precision = I / P, recall = I / T, with P predicted, T true,
            I shared and U united pixels, e = 0.001.</li>
            <li>HD95 and ASSD go between the outlines, from pixel centre to pixel centre, in calibrated units: the 95th
            percentile of the distances of both directions together, and the mean of the two directions' means.</li>
            <li>NSD is the share of the pixels of both outlines that lie within the tolerance of the other outline; the tolerance
            is the longest side of a pixel, unless it was given.</li>
            <li>Object F1 = 2 pairs / (predicted + true objects); a pair has an IoU greater than 0.5.</li>
            <li>Seam index: mean probability step across tile lines over that in between; 1 means invisible. Only where
            an image was tiled at its own size.</li>
            <li>Empty images: where truth and prediction are both empty, Dice, IoU, precision, recall and object F1 are 1.
            Where only one is empty (missed, or found where there is none), Dice is nearly 0, the other four and NSD are 0. In
            both cases distances are not defined: they are left out of the mean, as n shows.</li>
            <li>What the masks leave out counts as background in both. The slices of a stack are one row and scored as a
            volume, with distances in space; with connectivity 4 or 8 each slice is a row. Time points are rows. sd is the
            standard deviation over rows (n - 1).</li>
            <li>Volumes are shown by three planes in true proportions: across z, right of it across x, below it across y;
            each where the most voxels are wrong.</li>
            </ul>
            """;

    /** Rows that are shown; all are in the CSV file. */
    private static final int MAX_ROWS = 100;

    private final EvaluationReport report;
    private final StringBuilder page = new StringBuilder();

    private EvaluationPage(EvaluationReport report) {
        this.report = report;
    }

    /** The page, in UTF-8. */
    public static String html(EvaluationReport report) {
        return new EvaluationPage(report).page();
    }

    private String page() {
        String title = "Evaluation of " + report.modelName();
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(title))
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n");
        facts();
        summary();
        distribution();
        rows();
        cases("Worst cases", report.pictures().worst());
        cases("Best cases", report.pictures().best());
        failures();
        page.append(DEFINITIONS).append("</body></html>\n");
        return page.toString();
    }

    private void facts() {
        long images =
                report.scores().stream().map(score -> score.image()).distinct().count();
        Settings recorded = report.settings().recorded();
        paragraph(images + " images from " + recorded.written(Keys.IMAGES) + ", judged by "
                + recorded.written(Keys.MASKS) + ". Each row is in " + EvaluationReport.CSV + ".");
        page.append("<p class=\"small\">Weights ")
                .append(escaped(report.weightsSha256()))
                .append("<br>Settings: ")
                .append(escaped("transfuse evaluate" + recorded.commandLine()))
                .append("</p>\n");
        report.notes().forEach(this::paragraph);
    }

    private void paragraph(String text) {
        page.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private List<Measure> measured() {
        return Arrays.stream(Measure.values())
                .filter(measure -> report.scores().stream().anyMatch(score -> !Double.isNaN(measure.of(score))))
                .toList();
    }

    private void summary() {
        page.append("<h2>Summary</h2>\n<table><tr><th>Class</th>");
        for (Measure measure : measured()) {
            String unit = measure.isLength() ? " (" + report.unit() + ")" : "";
            page.append("<th>").append(escaped(measure.title() + unit)).append("</th>");
        }
        page.append(anythingLeftOut() ? "<th>Not in the distances</th></tr>\n" : "</tr>\n");
        for (String name : report.classNames()) {
            page.append("<tr><td>").append(escaped(name)).append("</td>");
            measured().forEach(measure -> cell(report.summary(name, measure), measure.isLength() ? 2 : 4));
            page.append(leftOutCell(name)).append("</tr>\n");
        }
        page.append("</table>\n<p class=\"small\">mean \u00b1 sd over the images; n = those where it is defined</p>\n");
    }

    private boolean anythingLeftOut() {
        return report.classNames().stream()
                .anyMatch(name -> !report.leftOut(name).isEmpty());
    }

    private String leftOutCell(String name) {
        return anythingLeftOut() ? "<td class=\"bad\">" + report.leftOut(name) + "</td>" : "";
    }

    /** All rows, from the worst on. */
    private void rows() {
        List<CaseScore> worst = report.worstFirst();
        page.append("<h2>Rows, from the worst on</h2>\n<table><tr><th>Image</th><th>Class</th>");
        measured()
                .forEach(measure -> page.append("<th>").append(measure.title()).append("</th>"));
        page.append("<th></th></tr>\n");
        for (CaseScore score : worst.subList(0, Math.min(MAX_ROWS, worst.size()))) {
            page.append("<tr><td>").append(escaped(score.image())).append("</td><td>");
            page.append(escaped(score.className())).append("</td>");
            for (Measure measure : measured()) {
                double value = measure.of(score);
                String digits = measure.isLength() ? "%.2f" : "%.4f";
                page.append("<td>")
                        .append(Double.isNaN(value) ? "" : String.format(Locale.ROOT, digits, value))
                        .append("</td>");
            }
            String wrong = score.isMissed() ? "missed" : score.isInvented() ? "not there" : "";
            page.append("<td class=\"bad\">").append(wrong).append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private void cell(Summary summary, int digits) {
        page.append(String.format(
                Locale.ROOT,
                "<td>%." + digits + "f \u00b1 %." + digits + "f<br><span class=\"small\">n = %d</span></td>",
                summary.mean(),
                summary.sd(),
                summary.n()));
    }

    private void distribution() {
        page.append("<h2>Distribution of Dice</h2>\n");
        for (String name : report.classNames()) {
            double[] values = report.scores().stream()
                    .filter(score -> score.className().equals(name))
                    .mapToDouble(Measure.DICE::of)
                    .toArray();
            try {
                picture(DiceHistogram.draw(values), "Histogram of Dice for " + name);
            } catch (LinkageError | InternalError e) {
                // A server without fonts: the figures are worth more than their picture
                page.append("<p class=\"small\">There are no fonts on this computer to draw it with.</p>\n");
            }
            page.append("<p class=\"small\">").append(escaped(name)).append("</p>\n");
        }
    }

    private void cases(String title, List<EvaluationReport.Case> cases) {
        if (cases.isEmpty()) {
            return;
        }
        page.append("<h2>")
                .append(title)
                .append("</h2>\n<p><span class=\"truth\">Green: truth.</span> ")
                .append("<span class=\"prediction\">Magenta: prediction.</span></p>\n<div class=\"cases\">\n");
        for (EvaluationReport.Case shown : cases) {
            page.append("<figure>");
            picture(PreviewStrip.outlined(shown.preview()), shown.preview().name());
            page.append("<figcaption>")
                    .append(escaped(shown.preview().name()))
                    .append(String.format(Locale.ROOT, "<br>Dice %.4f</figcaption></figure>%n", shown.dice()));
        }
        page.append("</div>\n");
    }

    private void failures() {
        if (report.failures().isEmpty()) {
            return;
        }
        page.append("<h2 class=\"bad\">Not evaluated</h2>\n<ul>\n");
        report.failures().forEach(failure -> page.append("<li>")
                .append(escaped(LastNames.within(failure.image() + ": " + failure.reason(), failure.image())))
                .append("</li>\n"));
        page.append("</ul>\n");
    }

    private void picture(BufferedImage image, String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Pictures.writePng(image, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot fail to be written", e);
        }
        page.append("<img alt=\"")
                .append(escaped(name))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(bytes.toByteArray()))
                .append("\">");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
