package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays of samples, as narrow as the bits that count allow. */
final class Samples {
    private Samples() {}

    /** An array for the samples of one kind. */
    static Object array(PixelForm form) {
        int count = form.pixels();
        return form.stored() <= Byte.SIZE
                ? new byte[count]
                : form.stored() <= Short.SIZE ? new short[count] : new int[count];
    }

    /** Puts a sample of which all allocated bits are given. */
    static void put(Object array, int index, int value) {
        if (array instanceof byte[] bytes) {
            bytes[index] = (byte) value;
        } else if (array instanceof short[] shorts) {
            shorts[index] = (short) value;
        } else {
            ((int[]) array)[index] = value;
        }
    }

    /** Of samples that are not compressed; single bits are given as bytes. */
    static Object[] plain(PixelForm form, ByteOrder order, byte... stored) throws IOException {
        if (form.photometric().endsWith("_420")) {
            throw new UnknownDicomException("its colours are stored as " + form.photometric());
        }
        ByteBuffer in = ByteBuffer.wrap(stored).order(order);
        int count = form.pixels();
        Object[] planes = new Object[form.samples()];
        for (int s = 0; s < planes.length; s++) {
            planes[s] = array(form);
            for (int i = 0; i < count; i++) {
                int at = form.isHalved()
                        ? i / 2 * 4 + (s == 0 ? i % 2 : s + 1)
                        : form.planar() ? s * count + i : i * planes.length + s;
                put(planes[s], i, form.value(bits(in, form.allocated(), at)));
            }
        }
        return planes;
    }

    private static int bits(ByteBuffer in, int allocated, int index) {
        return switch (allocated) {
            case 32 -> in.getInt(Integer.BYTES * index);
            case 16 -> Short.toUnsignedInt(in.getShort(Short.BYTES * index));
            default -> Byte.toUnsignedInt(in.get(index));
        };
    }

    /** Of floats or doubles, one for each pixel. */
    static Object[] real(PixelForm form, ByteOrder order, byte... stored) throws IOException {
        if (form.samples() != 1) {
            throw new UnknownDicomException("its pixels are " + form.samples() + " floats each");
        }
        ByteBuffer in = ByteBuffer.wrap(stored).order(order);
        if (form.allocated() == Double.SIZE) {
            double[] doubles = new double[form.pixels()];
            in.asDoubleBuffer().get(doubles);
            return new Object[] {doubles};
        }
        float[] floats = new float[form.pixels()];
        in.asFloatBuffer().get(floats);
        return new Object[] {floats};
    }
}
