package io.github.transfuse.spark;

import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.batch.InputFile;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.WholeFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The measurements of the objects of all images in one table, {@value #CSV} and {@value #PARQUET}: the rows of the tables of
 * the images, with the file of the image before them. A column that an image does not have is empty.
 */
final class MeasurementTable {
    static final String CSV = "measurements.csv";
    static final String PARQUET = "measurements.parquet";

    /** Column of the file of the image, with the folder of its results; tables have its mere name too. */
    static final String FILE = "file";

    /** An image with its table. */
    private record Source(String image, Path table) {}

    private final List<Source> sources = new ArrayList<>();

    private MeasurementTable(List<FileResult> results, Path output) {
        results.stream()
                .filter(result -> !result.isFailed() && !result.written().isEmpty())
                .sorted(Comparator.comparing(FileResult::input))
                .forEach(result -> add(result, output));
    }

    /** The tables lie beside the labels. */
    private void add(FileResult result, Path output) {
        Path labels = Path.of(result.written().get(0));
        Path input = Path.of(result.input());
        String folder = output.relativize(labels.getParent()).toString().replace('\\', '/');
        String name = input.getFileName().toString();
        String stem = new InputFile(input, Path.of(folder)).stem();
        Path table = labels.resolveSibling(stem + ResultWriter.OBJECTS);
        if (Files.exists(table)) {
            sources.add(new Source(folder.isEmpty() ? name : folder + "/" + name, table));
        }
    }

    /**
     * Writes both files; nothing if no image has a table.
     *
     * @param output folder, absolute
     * @param staged of it; not published yet
     */
    static void write(List<FileResult> results, Path output, StagedFiles staged, SparkSession spark)
            throws IOException {
        if (new MeasurementTable(results, output).sources.isEmpty()) {
            return;
        }
        Path csv = staged.file(CSV);
        writeCsv(results, output, csv);
        Manifest.write(read(spark, csv.toUri().toString()), staged.file(PARQUET));
    }

    /**
     * Writes the table as text; nothing if no image has a table.
     *
     * @param output folder of the tables of the images
     * @return whether it is written
     */
    static boolean writeCsv(List<FileResult> results, Path output, Path csv) throws IOException {
        MeasurementTable table = new MeasurementTable(results, output);
        if (!table.sources.isEmpty()) {
            table.writeCsv(csv);
        }
        return !table.sources.isEmpty();
    }

    /** The table of a text that {@link #writeCsv(List, Path, Path)} has written. */
    static Dataset<Row> read(SparkSession spark, String place) {
        DataFrameReader reader = spark.read()
                .option("header", true)
                .option("escape", "\"")
                .option("multiLine", true)
                .option("encoding", "UTF-8");
        StructType found = reader.option("inferSchema", true).csv(place).schema();
        StructField[] fields = found.fields();
        fields[0] = DataTypes.createStructField(FILE, DataTypes.StringType, true);
        return reader.schema(new StructType(fields)).csv(place);
    }

    private void writeCsv(Path file) throws IOException {
        List<String> columns = new ArrayList<>(columns());
        WholeFile.write(file, out -> {
            OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            CsvWriterSettings settings = new CsvWriterSettings();
            settings.setFormat(format());
            settings.setMaxColumns(Short.MAX_VALUE);
            CsvWriter csv = new CsvWriter(text, settings);
            List<String> header = new ArrayList<>(List.of(FILE));
            header.addAll(columns);
            csv.writeRow(header);
            for (Source source : sources) {
                copy(source, columns, csv);
            }
            csv.flush();
            text.flush();
        });
    }

    private static void copy(Source source, List<String> columns, CsvWriter csv) throws IOException {
        try (Reader text = Files.newBufferedReader(source.table)) {
            CsvParser parser = parser(text);
            List<String> own = Arrays.asList(parser.parseNext());
            int[] places = columns.stream().mapToInt(own::indexOf).toArray();
            for (String[] row = parser.parseNext(); row != null; row = parser.parseNext()) {
                String[] cells = new String[places.length + 1];
                cells[0] = source.image;
                for (int i = 0; i < places.length; i++) {
                    cells[i + 1] = places[i] < 0 ? null : row[places[i]];
                }
                csv.writeRow(cells);
            }
            parser.stopParsing();
        }
    }

    /** All columns that any image has, in the order in which they come. */
    private Set<String> columns() throws IOException {
        Set<String> columns = new LinkedHashSet<>();
        for (Source source : sources) {
            try (Reader text = Files.newBufferedReader(source.table)) {
                CsvParser parser = parser(text);
                columns.addAll(Arrays.asList(parser.parseNext()));
                parser.stopParsing();
            }
        }
        return columns;
    }

    private static CsvParser parser(Reader text) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.setFormat(format());
        settings.setMaxColumns(Short.MAX_VALUE);
        settings.setMaxCharsPerColumn(-1);
        settings.trimValues(false);
        CsvParser parser = new CsvParser(settings);
        parser.beginParsing(text);
        return parser;
    }

    private static CsvFormat format() {
        CsvFormat format = new CsvFormat();
        format.setLineSeparator("\n");
        format.setComment('\0');
        return format;
    }
}
