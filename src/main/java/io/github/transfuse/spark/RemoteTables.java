package io.github.transfuse.spark;

import io.github.transfuse.batch.FileResult;
import io.github.transfuse.batch.InputFile;
import io.github.transfuse.batch.ResultWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables of all images of a run, in a {@link RemoteFolder}. Executors write them there: they see no disk of the driver.
 *
 * @param results folder of all results
 * @param staging name in it for files that are not complete
 * @param spark that writes
 */
record RemoteTables(RemoteFolder results, String staging, SparkSession spark) {

    void manifest(List<FileResult> files) throws IOException {
        publish(Manifest.table(files, spark), Manifest.NAME);
    }

    /**
     * The tables of measurements.
     *
     * @param here an empty folder on this computer, for copies of the tables of the images
     */
    void measurements(List<FileResult> files, Path here) throws IOException {
        List<FileResult> copied = new ArrayList<>();
        for (FileResult file : files) {
            if (!file.isFailed() && !file.written().isEmpty()) {
                copied.add(copy(file, here));
            }
        }
        Path csv = here.resolve(MeasurementTable.CSV);
        if (MeasurementTable.writeCsv(copied, here, csv)) {
            String staged = staging + "/" + MeasurementTable.CSV;
            results.put(csv, staged);
            publish(MeasurementTable.read(spark, results.place(staged)), MeasurementTable.PARQUET);
            results.move(staged, MeasurementTable.CSV);
        }
    }

    /** The same result, with its table on this computer. */
    private FileResult copy(FileResult file, Path here) throws IOException {
        String labels = results.name(file.written().get(0));
        String folder = labels.substring(0, labels.lastIndexOf('/') + 1);
        String stem = new InputFile(Path.of(file.input()), InputFile.TOP).stem();
        Path local = Files.createDirectories(here.resolve(folder));
        String table = stem + ResultWriter.OBJECTS;
        if (results.has(folder + table)) {
            results.fetch(folder + table, local.resolve(table));
        }
        return file.at(file.input(), List.of(here.resolve(labels).toString()));
    }

    private void publish(Dataset<Row> table, String name) throws IOException {
        String parts = staging + "/parts-" + name;
        spark.sparkContext().setJobDescription("TransFuse: " + name);
        table.coalesce(1).write().parquet(results.place(parts));
        String part = results.beginning(parts, "part-").stream()
                .findFirst()
                .map(RemoteFolder.Entry::name)
                .orElseThrow(() -> new IOException("Spark wrote no table to " + results.place(parts) + "."));
        results.move(parts + "/" + part, name);
    }
}
