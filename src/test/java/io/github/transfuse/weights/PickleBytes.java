package io.github.transfuse.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles instruction by instruction, good ones and bad ones, and wraps them as checkpoints. */
public final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A protocol 2 pickle to be filled. */
    public static PickleBytes start() {
        return new PickleBytes().op(0x80, 2);
    }

    /** Appends bytes, most of them instructions. */
    public PickleBytes op(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
        return this;
    }

    PickleBytes ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    PickleBytes global(String module, String name) {
        return ascii("c" + module + "\n" + name + "\n");
    }

    /** Appends the instruction that pushes a text. */
    public PickleBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op('X').little(4, utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    PickleBytes number(long value) {
        return op(0x8a, 8).little(8, value);
    }

    PickleBytes tuple(long... values) {
        op('(');
        for (long value : values) {
            number(value);
        }
        return op('t');
    }

    /** A float tensor over storage "0" of {@code stored} elements. */
    public PickleBytes tensor(long stored, long offset, long[] shape, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").op('(');
        op('(').text("storage").global("torch", "FloatStorage").text("0").text("cpu");
        number(stored).op('t', 'Q').number(offset).tuple(shape).tuple(strides);
        return op(0x89).global("collections", "OrderedDict").op(')', 'R', 't', 'R');
    }

    byte[] stop() {
        op('.');
        return out.toByteArray();
    }

    /** A zip checkpoint of this table and one storage. */
    public Path zip(Path file, int storageBytes, String byteOrder) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            entry(zip, "archive/data.pkl", stop());
            entry(zip, "archive/byteorder", byteOrder.getBytes(StandardCharsets.US_ASCII));
            entry(zip, "archive/data/0", new byte[storageBytes]);
        }
        return file;
    }

    /** A checkpoint in the old layout of this table and storage "0". */
    Path legacy(Path file, int storageElements, boolean littleEndian) throws IOException {
        PickleBytes all = new PickleBytes();
        byte[] magic = new BigInteger("1950a86a20f9469cfc6c", 16).toByteArray();
        all.op(0x80, 2, 0x8a, magic.length);
        for (int i = magic.length - 1; i >= 0; i--) {
            all.op(magic[i]);
        }
        all.op('.', 0x80, 2, 'M', 1001 % 256, 1001 / 256, '.');
        all.op(0x80, 2, '}').text("little_endian").op(littleEndian ? 0x88 : 0x89, 's', '.');
        all.out.writeBytes(stop());
        all.op(0x80, 2, ']').text("0").op('a', '.').little(8, storageElements);
        all.out.writeBytes(new byte[4 * storageElements]);
        return Files.write(file, all.out.toByteArray());
    }

    private PickleBytes little(int size, long value) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(bytes, 0, size);
        return this;
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
