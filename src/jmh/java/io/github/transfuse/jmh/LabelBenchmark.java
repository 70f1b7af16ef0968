package io.github.transfuse.jmh;

import io.github.transfuse.labels.ConnectedComponents;
import io.github.transfuse.labels.Connectivity;
import io.github.transfuse.labels.LabelCleaning;
import java.util.concurrent.TimeUnit;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a class map to objects, on 2048 x 2048 pixels with 16,384 discs with holes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class LabelBenchmark {
    private static final int SIDE = 2048;
    private static final int SPACING = 16;

    private Img<UnsignedByteType> discs;

    /** Draws the discs. */
    @Setup
    public void draw() {
        discs = ArrayImgs.unsignedBytes(SIDE, SIDE);
        Cursor<UnsignedByteType> cursor = discs.localizingCursor();
        while (cursor.hasNext()) {
            UnsignedByteType value = cursor.next();
            int x = cursor.getIntPosition(0) % SPACING - SPACING / 2;
            int y = cursor.getIntPosition(1) % SPACING - SPACING / 2;
            int radius = x * x + y * y;
            value.set(radius > 1 && radius < 36 ? 1 : 0);
        }
    }

    /** Numbers the objects. */
    @Benchmark
    public Object connectedComponents() {
        return ConnectedComponents.of(discs, Connectivity.CORNERS);
    }

    /** Fills the holes of a copy. */
    @Benchmark
    public Object fillHoles() {
        Img<UnsignedByteType> copy = discs.copy();
        LabelCleaning.fillHoles(copy);
        return copy;
    }
}
