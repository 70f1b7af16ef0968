package io.github.transfuse.fuzz;

import static java.awt.image.BufferedImage.TYPE_3BYTE_BGR;
import static java.awt.image.BufferedImage.TYPE_4BYTE_ABGR;
import static java.awt.image.BufferedImage.TYPE_BYTE_BINARY;
import static java.awt.image.BufferedImage.TYPE_BYTE_GRAY;
import static java.awt.image.BufferedImage.TYPE_BYTE_INDEXED;
import static java.awt.image.BufferedImage.TYPE_INT_RGB;
import static java.awt.image.BufferedImage.TYPE_USHORT_GRAY;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.DrawnShape;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.ShapeFiles;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.SamplesException;
import io.github.transfuse.samples.Splitting;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.PthFile;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** All readers. */
final class Targets {
    private static final String GEOJSON =
            """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":"1","geometry":{"type":"Polygon",\
            "coordinates":[[[1,1],[9.5,1],[9,8],[1,1]],[[3,3],[4,3],[4,4],[3,3]]],"plane":{"c":-1,"z":0,"t":0}},\
            "properties":{"objectType":"annotation","classification":{"name":"Tumor","color":[200,0,0]}}},\
            {"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]]]},\
            "properties":{"objectType":"detection","classification":{"names":["a","b"]}}}]}""";

    private final Path folder;
    private final List<Target> all = new ArrayList<>();

    private Targets(Path folder) {
        this.folder = folder;
    }

    /** All, with seeds that are made in a folder. */
    static List<Target> all(Path folder) throws IOException {
        Targets targets = new Targets(folder);
        targets.pictures();
        targets.volumes();
        targets.shapes();
        targets.models();
        targets.texts();
        return targets.all;
    }

    private void image(String name, String ending, Packing packing, List<Map<String, byte[]>> seeds) {
        add(name, ending, packing, seeds, UnsupportedImageException.class, Targets::pixels);
    }

    private void add(
            String name,
            String ending,
            Packing packing,
            List<Map<String, byte[]>> seeds,
            Class<?> refusal,
            Target.Use use) {
        all.add(new Target(name, ending, packing, seeds, Set.of(refusal), use));
    }

    private void pictures() throws IOException {
        image("tiff", ".tif", Packing.PLAIN, TiffSeeds.of(folder));
        image(
                "png",
                ".png",
                Packing.PNG,
                Seeds.pictures(
                        "png",
                        TYPE_BYTE_GRAY,
                        TYPE_USHORT_GRAY,
                        TYPE_INT_RGB,
                        TYPE_4BYTE_ABGR,
                        TYPE_BYTE_INDEXED,
                        TYPE_BYTE_BINARY));
        image("jpeg", ".jpg", Packing.PLAIN, Seeds.pictures("jpeg", TYPE_BYTE_GRAY, TYPE_INT_RGB));
        image("gif", ".gif", Packing.PLAIN, Seeds.pictures("gif", TYPE_BYTE_INDEXED, TYPE_BYTE_GRAY));
        image("bmp", ".bmp", Packing.PLAIN, Seeds.pictures("bmp", TYPE_3BYTE_BGR, TYPE_BYTE_INDEXED, TYPE_BYTE_BINARY));
        image("webp", ".webp", Packing.PLAIN, Seeds.stored("webp"));
        image("pnm", ".pgm", Packing.PLAIN, Seeds.stored("pbm", "pgm", "ppm", "pam"));
        image("tga", ".tga", Packing.PLAIN, Seeds.stored("tga"));
    }

    private void volumes() throws IOException {
        image("nifti", ".nii", Packing.PLAIN, Seeds.nifti(folder));
        image("nifti-gz", ".nii.gz", Packing.GZIP, Seeds.nifti(folder));
        image("nrrd", ".nrrd", Packing.PLAIN, Seeds.nrrd(folder));
        image("dicom", ".dcm", Packing.PLAIN, Seeds.dicom(folder));
        image("dicom-series", "", Packing.FOLDER, Seeds.series(folder));
        image("zarr", ".zarr", Packing.FOLDER, Seeds.zarr());
    }

    private void shapes() {
        Class<?> refusal = UnsupportedImageException.class;
        add("roi", ".roi", Packing.PLAIN, Seeds.rois(), refusal, Targets::masks);
        add("roi-set", ".zip", Packing.ZIP, List.of(Seeds.roiSet()), refusal, Targets::masks);
        add("geojson", ".geojson", Packing.PLAIN, Seeds.text(GEOJSON), refusal, Targets::masks);
    }

    private void models() throws IOException {
        Class<?> refusal = ModelFormatException.class;
        add("pth-zip", ".pth", Packing.ZIP, Seeds.checkpoints(true), refusal, file -> tensors(PthFile.read(file)));
        add(
                "pth-legacy",
                ".pth",
                Packing.PLAIN,
                Seeds.checkpoints(false),
                refusal,
                file -> tensors(PthFile.read(file)));
        Path tensors = folder.resolve("a.safetensors");
        Safetensors.write(
                tensors,
                List.of(
                        StoredTensor.ofFloats("a", new long[] {2, 2}, 0.5f, -1f, 0.1f, 3f),
                        StoredTensor.ofLongs("b", new long[0], 7)),
                Map.of("format", "pt"));
        byte[] weights = Files.readAllBytes(tensors);
        add(
                "safetensors",
                ".safetensors",
                Packing.PLAIN,
                List.of(Target.one(weights)),
                refusal,
                file -> tensors(Safetensors.open(file)));
        List<Map<String, byte[]>> models = new ArrayList<>();
        for (String name : List.of("nuclei", "skin-lesion", "hippocampus", "retinal-vessels")) {
            String json = Files.readString(Path.of("src/main/resources/models", name, ModelFolder.SPEC));
            Map<String, byte[]> model = new LinkedHashMap<>();
            String sha256 = io.github.transfuse.files.Sha256.of(tensors);
            model.put(
                    ModelFolder.SPEC,
                    json.replaceAll("\"sha256\": *\"[0-9a-f]{64}\"", "\"sha256\": \"" + sha256 + "\"")
                            .getBytes(StandardCharsets.UTF_8));
            model.put(ModelFolder.WEIGHTS, weights);
            models.add(model);
        }
        add("model", "", Packing.FOLDER, models, refusal, file -> ModelFolder.open(file)
                .spec()
                .hashCode());
        System.setProperty(
                ModelCatalogue.CACHE_PROPERTY, folder.resolve("cache").toString());
        add("model-zip", ".zip", Packing.ZIP, models, refusal, file -> ModelCatalogue.find(file.toString())
                .spec()
                .hashCode());
    }

    private void texts() {
        List<Pair> pairs = Stream.of("a", "b", "c", "d")
                .map(stem -> new Pair(stem, folder.resolve(stem + ".png"), folder.resolve(stem + "_mask.png")))
                .toList();
        Target.Use split = file -> Splitting.of(file.toString(), pairs).hashCode();
        Set<Class<?>> refusals = Set.of(SamplesException.class, IOException.class);
        all.add(new Target(
                "groups",
                ".csv",
                Packing.PLAIN,
                Seeds.text("a,1\nb,1\n\"c\";2\nd\t2\n", "\ufeffa,1\nb,2\nc,2\nd,3"),
                refusals,
                split));
        all.add(new Target("names", ".txt", Packing.PLAIN, Seeds.text("a\nb\n", "# one\n\n c \n"), refusals, split));
        List<Map<String, byte[]>> macros = Seeds.text(
                "model=skin-lesion output=[/a folder] overlay tile_size=256 overlap=0.5 threshold=0.5 channels=1,2,3",
                "images=/a masks=[/b c] epochs=3 learning_rate=1e-4 pixel_size=0.5,0.5 validation=auto ignore_label=255");
        all.add(new Target("macro", "", Packing.PLAIN, macros, Set.of(SettingException.class), file -> {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            SettingException refused = null;
            for (Task task : Task.values()) {
                try {
                    Settings.parse(task, Settings.parse(task, text).toString());
                } catch (SettingException e) {
                    refused = e;
                }
            }
            if (refused != null) {
                throw refused;
            }
            return 0;
        }));
    }

    /** As an image and as labels. */
    private static long pixels(Path file) throws IOException {
        CalibratedImage image = ImageFiles.read(file);
        long seen = image.axes().hashCode();
        for (RealType<?> pixel : Views.flatIterable(image.pixels())) {
            double value = pixel.getRealDouble();
            if (!Double.isFinite(value)) {
                throw new IllegalStateException("pixels that are not finite");
            }
            seen = 31 * seen + Double.doubleToLongBits(value);
        }
        ImageFiles.readLabels(file);
        return seen;
    }

    private static long masks(Path file) throws IOException {
        long seen = 0;
        for (DrawnShape shape : ShapeFiles.read(file)) {
            try {
                DrawnShape.Mask mask = shape.mask().apply(new Rectangle(0, 0, 50, 40));
                seen = 31 * seen + Arrays.hashCode(mask.pixels()) + shape.name().hashCode();
            } catch (RuntimeException e) {
                // As who draws them says it
                throw new UnsupportedImageException(file, "a shape in it cannot be drawn", "Save the shapes again.", e);
            }
        }
        return seen;
    }

    private static long tensors(TensorStore store) throws IOException {
        long seen = store.metadata().hashCode();
        for (String name : store.names()) {
            seen = 31 * seen + name.hashCode() + store.get(name).data().hashCode();
        }
        return seen;
    }
}
