package io.github.transfuse.dicom;

import java.nio.ByteOrder;
import java.util.Arrays;

/** How a file stores elements and pixels. */
enum TransferSyntax {
    IMPLICIT("1.2.840.10008.1.2", "uncompressed"),
    EXPLICIT("1.2.840.10008.1.2.1", "uncompressed"),
    BIG_ENDIAN("1.2.840.10008.1.2.2", "uncompressed"),
    DEFLATED("1.2.840.10008.1.2.1.99", "deflated"),
    RLE("1.2.840.10008.1.2.5", "RLE"),
    JPEG("1.2.840.10008.1.2.4.50", "JPEG"),
    JPEG_EXTENDED("1.2.840.10008.1.2.4.51", "JPEG"),
    JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", "lossless JPEG"),
    JPEG_LOSSLESS_FIRST("1.2.840.10008.1.2.4.70", "lossless JPEG"),
    JPEG_LS("1.2.840.10008.1.2.4.80", "JPEG-LS"),
    JPEG_LS_NEAR("1.2.840.10008.1.2.4.81", "JPEG-LS"),
    JPEG_2000("1.2.840.10008.1.2.4.90", "JPEG 2000"),
    JPEG_2000_LOSSY("1.2.840.10008.1.2.4.91", "JPEG 2000"),
    OTHER("", "");

    private final String uid;
    private final String words;

    TransferSyntax(String uid, String words) {
        this.uid = uid;
        this.words = words;
    }

    static TransferSyntax of(String uid) {
        return Arrays.stream(values())
                .filter(each -> each.uid.equals(uid))
                .findFirst()
                .orElse(OTHER);
    }

    /** What users call it. */
    String words() {
        return words;
    }

    /** Whether pixels lie in the file as they are. */
    boolean isPlain() {
        return words.equals("uncompressed") || this == DEFLATED;
    }

    ByteOrder order() {
        return this == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}
