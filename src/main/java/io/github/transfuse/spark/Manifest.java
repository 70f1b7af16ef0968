package io.github.transfuse.spark;

import io.github.transfuse.batch.FileResult;
import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of how each image went: {@value #NAME}, one file, one row for each image. */
final class Manifest {
    /** Name of the file in the output folder. */
    static final String NAME = "manifest.parquet";

    private static final String PARTS = "parts";

    private static final StructType COLUMNS = new StructType()
            .add("input", DataTypes.StringType, false)
            .add("sha256", DataTypes.StringType, false)
            .add("seconds", DataTypes.DoubleType, false)
            .add("objects", DataTypes.LongType, true)
            .add("error", DataTypes.StringType, true)
            .add("kept", DataTypes.BooleanType, false)
            .add("labels", DataTypes.StringType, true);

    private Manifest() {}

    /**
     * Writes it; one of an earlier run is replaced.
     *
     * @param staged of the output folder; not published yet
     */
    static void write(List<FileResult> results, StagedFiles staged, SparkSession spark) throws IOException {
        write(table(results, spark), staged.file(NAME));
        staged.publish();
    }

    /** The table. */
    static Dataset<Row> table(List<FileResult> results, SparkSession spark) {
        List<Row> rows = results.stream()
                .sorted(Comparator.comparing(FileResult::input))
                .map(Manifest::row)
                .toList();
        return spark.createDataFrame(rows, COLUMNS);
    }

    /** Writes a table to one file. */
    static void write(Dataset<Row> table, Path file) throws IOException {
        Path parts = file.resolveSibling(PARTS);
        table.sparkSession().sparkContext().setJobDescription("TransFuse: " + file.getFileName());
        table.coalesce(1).write().parquet(parts.toUri().toString());
        Path part = onlyPart(parts);
        WholeFile.write(file, out -> Files.copy(part, out));
        FolderTree.delete(parts);
    }

    private static Row row(FileResult result) {
        return RowFactory.create(
                result.input(),
                result.sha256(),
                result.seconds(),
                result.objects() < 0 ? null : result.objects(),
                result.error().isEmpty() ? null : result.error(),
                result.kept(),
                result.written().isEmpty() ? null : result.written().get(0));
    }

    private static Path onlyPart(Path parts) throws IOException {
        try (Stream<Path> files = Files.list(parts)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Spark wrote no table to " + parts + "."));
        }
    }
}
