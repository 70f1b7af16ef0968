package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.model.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.Unsigned12BitType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same scene looks the same to a model, however its values are stored. */
class FullScaleTest {
    private static final int SIDE = 20;

    /** A way to store a scene of brightness 0 to 1: as a type, with this value for white. */
    record Stored(RealType<?> type, double white, boolean told) {}

    static Stream<Stored> ways() {
        return Stream.of(
                new Stored(new UnsignedByteType(), 255, false),
                new Stored(new Unsigned12BitType(), 4095, false),
                new Stored(new UnsignedShortType(), 65_535, false),
                new Stored(new UnsignedShortType(), 255, true),
                new Stored(new UnsignedShortType(), 1023, true),
                new Stored(new UnsignedShortType(), 4095, true),
                new Stored(new UnsignedShortType(), 16_383, true),
                new Stored(new ShortType(), 4095, true),
                new Stored(new ByteType(), 127, false),
                new Stored(new UnsignedIntType(), 255, true),
                new Stored(new IntType(), 65_535, true),
                new Stored(new LongType(), 1_000_000, true),
                new Stored(new FloatType(), 1, false),
                new Stored(new FloatType(), 255, true),
                new Stored(new FloatType(), 4095, true),
                new Stored(new FloatType(), 65_535, true),
                new Stored(new DoubleType(), 1, false),
                new Stored(new DoubleType(), 255, true));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static CalibratedImage scene(Stored stored, double black) {
        RandomAccessibleInterval<RealType> image =
                new ArrayImgFactory((NativeType) stored.type.createVariable()).create(SIDE, SIDE, 3);
        Random random = new Random(4);
        boolean whole = !(stored.type instanceof FloatType || stored.type instanceof DoubleType);
        Views.flatIterable(image).forEach(pixel -> {
            double value = Math.min(1, 1.2 * random.nextDouble()) * (stored.white - black) + black;
            pixel.setReal(whole ? Math.round(value) : value);
        });
        return CalibratedImage.of(
                "scene", (RandomAccessibleInterval) image, Axis.Kind.X, Axis.Kind.Y, Axis.Kind.CHANNEL);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theSameSceneLooksTheSame(Stored stored) {
        FullScale scale = FullScale.of(scene(stored, 0));
        assertEquals(0, scale.black());
        assertEquals(stored.white, scale.white());
        assertEquals(stored.told, scale.note().isPresent(), scale.note()::toString);
        CalibratedImage image = scene(stored, 0);
        FittedNormalization fitted = Normalizer.fit(Normalization.IMAGENET, image);
        FittedNormalization bytes =
                Normalizer.fit(Normalization.IMAGENET, scene(new Stored(new UnsignedByteType(), 255, false), 0));
        for (int c = 0; c < 3; c++) {
            float[] here = {(float) stored.white, 0};
            float[] there = {255, 0};
            fitted.apply(c, here);
            bytes.apply(c, there);
            assertEquals(there[0], here[0], 1e-5);
            assertEquals(there[1], here[1], 1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"-11, 1", "-1000, 3000", "-25, 255", "-3, 2.5", "-1.5, 0.5", "-0.2, 1.5"})
    void withNegativeValuesTheRangeIsThatOfTheImage(double black, double white) {
        CalibratedImage image = scene(new Stored(new FloatType(), white, true), black);
        ValueSurvey values = ValueSurvey.of(image.pixels());
        FullScale scale = FullScale.of(image);
        assertEquals(values.min(), scale.black());
        assertEquals(values.max(), scale.white());
        assertEquals(
                Optional.of(
                        "There are values below 0: the smallest one is taken for black, the largest for white. If that is"
                                + " wrong, give a normalization."),
                scale.note());
        float[] ends = {(float) values.min(), (float) values.max()};
        Normalizer.fit(fixed(List.of(0.0), List.of(1.0)), image).apply(0, ends);
        assertEquals(0, ends[0], 1e-5);
        assertEquals(1, ends[1], 1e-5);
    }

    private static Normalization fixed(List<Double> mean, List<Double> std) {
        return new Normalization(Normalization.Kind.FIXED, mean, std, 0, 100);
    }

    /** A model without mean and deviation sees numbers, not shades: small floats are themselves, whatever their sign. */
    @ParameterizedTest
    @CsvSource({"-3, 2.5", "-1, 1", "-0.2, 1.5"})
    void modelsWithoutMeanAndDeviationSeeSmallFloatsAsTheyAre(double black, double white) {
        CalibratedImage image = scene(new Stored(new FloatType(), white, true), black);
        List<String> notes = new ArrayList<>();
        float[] values = {-0.5f, 0, 2};
        Normalizer.fit(fixed(List.of(), List.of()), image, notes::add).apply(0, values);
        assertArrayEquals(new float[] {-0.5f, 0, 2}, values);
        assertEquals(List.of(), notes);
    }

    @Test
    void floatsAFewTimesAboveOneAreOvershoot() {
        CalibratedImage image = scene(new Stored(new FloatType(), 1.3, true), 0);
        assertEquals(1, FullScale.of(image).white());
        assertEquals(
                Optional.of(
                        "1 is taken for white, although some values are above. If that is wrong, give a normalization."),
                FullScale.of(image).note());
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "-1, 0.3", "-0.2, 0.4"})
    void floatsThatWereNormalisedToMinusOneToOneAreSeenSo(double black, double white) {
        CalibratedImage image = scene(new Stored(new FloatType(), white, true), black);
        FullScale scale = FullScale.of(image);
        assertEquals(-1, scale.black());
        assertEquals(1, scale.white());
        assertEquals(
                Optional.of(
                        "There are values below 0, but none below -1: -1 is taken for black, 1 for white. If that is"
                                + " wrong, give a normalization."),
                scale.note());
    }

    @Test
    void floatsALittleBelowZeroAreOvershoot() {
        FullScale scale = FullScale.of(scene(new Stored(new FloatType(), 0.9, true), -0.05));
        assertEquals(new FullScale(0, 1, Optional.empty()), scale);
    }

    /** Files of one camera differ in their largest value: what is told of them is the same, and is told once. */
    @Test
    void whatIsToldOfAFolderIsToldOnce() {
        Set<Optional<String>> notes = new HashSet<>();
        for (int max = 1100; max <= 4000; max += 100) {
            RandomAccessibleInterval<UnsignedShortType> image = ArrayImgs.unsignedShorts(2, 1);
            image.getAt(1, 0).set(max);
            notes.add(FullScale.of(CalibratedImage.of("image", image, Axis.Kind.X, Axis.Kind.Y))
                    .note());
        }
        assertEquals(
                Set.of(Optional.of(
                        "4095 is taken for white, because no value is above. If that is wrong, give a normalization.")),
                notes);
    }

    @Test
    void theSurveyIsThatOfASort() {
        Random random = new Random(9);
        for (int trial = 0; trial < 50; trial++) {
            float[] pixels = new float[1 + random.nextInt(400)];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = random.nextInt(6) - 3;
            }
            ValueSurvey survey = ValueSurvey.of(ArrayImgs.floats(pixels.clone(), 1, pixels.length));
            Arrays.sort(pixels);
            float max = pixels[pixels.length - 1];
            long atMax = IntStream.range(0, pixels.length)
                    .filter(i -> pixels[i] == max)
                    .count();
            assertEquals(new ValueSurvey(pixels[0], max, atMax, pixels.length), survey);
        }
    }

    @Test
    void whatCannotMeanAnythingIsTold() {
        assertEquals(
                Optional.of("All pixels have the same value: nothing can be found there."),
                new ValueSurvey(0.25, 0.25, 100, 100).warning());
        assertEquals(
                Optional.of(
                        "90 % or more of the values are the largest one: the image is overexposed, nearly empty or a mask."),
                new ValueSurvey(3, 255, 90, 100).warning());
        assertEquals(Optional.empty(), new ValueSurvey(3, 255, 89, 100).warning());
    }
}
