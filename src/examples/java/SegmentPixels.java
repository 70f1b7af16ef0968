import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.Util;
import net.imglib2.view.Views;

/** Segments pixels of your own, x, y and channel, and counts those of each class: {@code SegmentPixels MODEL}. */
public class SegmentPixels {
    public static void main(String[] args) throws Exception {
        RandomAccessibleInterval<UnsignedByteType> image = ArrayImgs.unsignedBytes(96, 64, 3);
        Views.flatIterable(Views.interval(image, new long[] {30, 20, 0}, new long[] {60, 45, 2}))
                .forEach(pixel -> pixel.set(200));
        try (TransFuse model = TransFuse.load(args[0]).device("cpu").with("fill_holes", true)) {
            Segmentation found = model.segment(image);
            RandomAccessibleInterval<? extends IntegerType<?>> labels = found.labels();
            System.out.println(Util.printInterval(labels));
            System.out.println(found.statistics());
        }
    }
}
