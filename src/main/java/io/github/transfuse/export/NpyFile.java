package io.github.transfuse.export;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes arrays in NumPy's format 1.0 (numpy.org/doc/stable/reference/generated/numpy.lib.format.html). */
final class NpyFile {
    private static final int ALIGNMENT = 64;
    private static final int FIXED = 10;

    private NpyFile() {}

    /** Writes float32 values, row-major. */
    static void write(Path file, Batch batch) throws IOException {
        int count = Math.toIntExact(batch.count());
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(0, batch.values(), 0, count);
        WholeFile.write(file, out -> {
            out.write(header(batch.shape()));
            out.write(bytes.array());
        });
    }

    private static byte[] header(int... shape) {
        String sizes = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining());
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int length = (FIXED + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - FIXED;
        byte[] line = (text + " ".repeat(length - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer header = ByteBuffer.allocate(FIXED + length).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        header.put((byte) 1).put((byte) 0).putShort((short) length).put(line);
        return header.array();
    }
}
