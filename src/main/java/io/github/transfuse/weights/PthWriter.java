package io.github.transfuse.weights;

import io.github.transfuse.files.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes tensors as {@code torch.save} writes a state dict: a zip of {@code data.pkl}, which names the tensors, and one file of
 * bytes each. It holds nothing but tensors, so that {@code torch.load(weights_only=True)} takes it.
 */
public final class PthWriter {
    private static final String ROOT = "archive/";
    private static final int SMALL = 256;

    private static final Map<DType, String> STORAGES = Map.of(
            DType.F64, "DoubleStorage",
            DType.F32, "FloatStorage",
            DType.F16, "HalfStorage",
            DType.BF16, "BFloat16Storage",
            DType.I64, "LongStorage",
            DType.I32, "IntStorage",
            DType.I16, "ShortStorage",
            DType.I8, "CharStorage",
            DType.U8, "ByteStorage",
            DType.BOOL, "BoolStorage");

    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

    private PthWriter() {}

    /**
     * Writes a file, whole or not at all.
     *
     * @param file its folder exists
     * @param tensors in their order
     * @throws IllegalArgumentException if PyTorch has no storage for the type of one
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, List<StoredTensor> tensors) throws IOException {
        byte[] names = new PthWriter().stateDict(tensors);
        WholeFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            stored(zip, "data.pkl", ByteBuffer.wrap(names));
            stored(zip, "byteorder", ascii("little"));
            for (int i = 0; i < tensors.size(); i++) {
                stored(zip, "data/" + i, tensors.get(i).data());
            }
            stored(zip, "version", ascii("3\n"));
            zip.finish();
        });
    }

    /** PyTorch reads the files of tensors where they lie, uncompressed. */
    private static void stored(ZipOutputStream zip, String name, ByteBuffer bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.remaining());
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        copy(bytes.duplicate(), zip);
        zip.closeEntry();
    }

    private static void copy(ByteBuffer from, OutputStream to) throws IOException {
        byte[] part = new byte[1 << 16];
        while (from.hasRemaining()) {
            int count = Math.min(part.length, from.remaining());
            from.get(part, 0, count);
            to.write(part, 0, count);
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Protocol 2 of Python's pickle, by its operations of one byte each. */
    private byte[] stateDict(List<StoredTensor> tensors) {
        op(0x80);
        op(2);
        op('}');
        op('(');
        for (int i = 0; i < tensors.size(); i++) {
            text(tensors.get(i).name());
            tensor(tensors.get(i), i);
        }
        op('u');
        op('.');
        return pickle.toByteArray();
    }

    /** {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)}. */
    private void tensor(StoredTensor tensor, int index) {
        String storage = STORAGES.get(tensor.dtype());
        if (storage == null) {
            throw new IllegalArgumentException("PyTorch stores no tensor of type " + tensor.dtype() + ".");
        }
        global("torch._utils", "_rebuild_tensor_v2");
        op('(');
        op('(');
        text("storage");
        global("torch", storage);
        text(String.valueOf(index));
        text("cpu");
        number(tensor.count());
        op('t');
        op('Q');
        number(0);
        numbers(tensor.shape());
        numbers(Strides.rowMajor(tensor.shape()));
        op(0x89);
        global("collections", "OrderedDict");
        op(')');
        op('R');
        op('t');
        op('R');
    }

    private void op(int code) {
        pickle.write(code);
    }

    private void global(String module, String name) {
        op('c');
        pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X');
        pickle.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
        pickle.writeBytes(bytes);
    }

    private void numbers(long... numbers) {
        op('(');
        for (long number : numbers) {
            number(number);
        }
        op('t');
    }

    private void number(long number) {
        if (number < SMALL) {
            op('K');
            op((int) number);
        } else if (number <= Integer.MAX_VALUE) {
            op('J');
            pickle.writeBytes(little(Integer.BYTES).putInt((int) number).array());
        } else {
            op(0x8a);
            op(Long.BYTES);
            pickle.writeBytes(little(Long.BYTES).putLong(number).array());
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
