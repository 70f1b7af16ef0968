package io.github.transfuse.view;

import io.github.transfuse.engine.ConstantAnswer;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.ObjectScore;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The curves of a training: loss, Dice with what chooses the best epoch (the correlation, or the F1 of objects), and IoU of training and validation over the epochs, side by side. */
public final class TrainingCurves {

    private static final Color TRAINING = new Color(0x4C, 0x78, 0xA8);
    private static final Color CORRELATION = new Color(0x54, 0xA2, 0x4B);
    private static final Color OBJECTS = new Color(0xE0, 0x8B, 0x14);
    private static final Color VALIDATION = new Color(0xE4, 0x57, 0x56);

    private TrainingCurves() {}

    /** Draws three charts into a picture of the given size in pixels. */
    public static BufferedImage draw(List<EpochReport> reports, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        List<JFreeChart> charts = List.of(
                chart("Loss", reports, Scores::loss),
                withConstant(chart("Dice", reports, Scores::dice), reports),
                chart("IoU", reports, Scores::iou));
        double each = (double) width / charts.size();
        for (int i = 0; i < charts.size(); i++) {
            charts.get(i).draw(graphics, new Rectangle2D.Double(i * each, 0, each, height));
        }
        graphics.dispose();
        return image;
    }

    private static JFreeChart chart(String title, List<EpochReport> reports, ToDoubleFunction<Scores> figure) {
        XYSeriesCollection series = new XYSeriesCollection();
        series.addSeries(series("training", reports, EpochReport::training, figure));
        series.addSeries(series("validation", reports, EpochReport::validation, figure));
        JFreeChart chart = ChartFactory.createXYLineChart(title, "epoch", null, series);
        XYPlot plot = chart.getXYPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.setDomainGridlinesVisible(false);
        plot.setOutlineVisible(false);
        plot.setRenderer(renderer());
        NumberAxis epochs = (NumberAxis) plot.getDomainAxis();
        epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(false);
        chart.setBackgroundPaint(Color.WHITE);
        return chart;
    }

    /** Adds the line that a training has to rise above, and what chooses the best epoch. */
    private static JFreeChart withConstant(JFreeChart chart, List<EpochReport> reports) {
        XYSeries correlation = series("validation MCC", reports, EpochReport::validation, Scores::mcc);
        XYSeries constant = series("best constant answer", reports, EpochReport::validation, scores -> scores.constant()
                .map(ConstantAnswer::dice)
                .orElse(Double.NaN));
        if (!constant.isEmpty()) {
            XYPlot plot = chart.getXYPlot();
            ((XYSeriesCollection) plot.getDataset()).addSeries(constant);
            XYLineAndShapeRenderer renderer = (XYLineAndShapeRenderer) plot.getRenderer();
            renderer.setSeriesPaint(2, Color.GRAY);
            renderer.setSeriesShapesVisible(2, false);
        }
        add(chart, correlation, CORRELATION);
        add(
                chart,
                series("validation " + ObjectScore.NAME, reports, EpochReport::validation, scores -> scores.objects()
                        .map(ObjectScore::f1)
                        .orElse(Double.NaN)),
                OBJECTS);
        return chart;
    }

    private static void add(JFreeChart chart, XYSeries curve, Color color) {
        if (!curve.isEmpty()) {
            XYPlot plot = chart.getXYPlot();
            XYSeriesCollection series = (XYSeriesCollection) plot.getDataset();
            series.addSeries(curve);
            plot.getRenderer().setSeriesPaint(series.getSeriesCount() - 1, color);
        }
    }

    private static XYLineAndShapeRenderer renderer() {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        renderer.setSeriesPaint(0, TRAINING);
        renderer.setSeriesPaint(1, VALIDATION);
        renderer.setDefaultStroke(new BasicStroke(2));
        renderer.setAutoPopulateSeriesStroke(false);
        return renderer;
    }

    private static XYSeries series(
            String name,
            List<EpochReport> reports,
            Function<EpochReport, Scores> part,
            ToDoubleFunction<Scores> figure) {
        XYSeries series = new XYSeries(name);
        reports.forEach(report -> {
            double value = figure.applyAsDouble(part.apply(report));
            if (Double.isFinite(value)) {
                series.add(report.epoch(), value);
            }
        });
        return series;
    }
}
