package io.github.transfuse.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Organs have millilitres, and mean and deviation in the unit of the scan, such as Hounsfield units. */
class OrganTableTest {
    private static MeasureTable table(String unit) {
        return MeasureTable.of(new MeasuredImage(
                "ct",
                ArrayImgs.unsignedBytes(new byte[] {1, 1, 0, 1, 2, 2, 0, 0}, 2, 2, 2),
                3,
                2,
                Optional.of(new MeasuredImage.Channels(
                        ArrayImgs.shorts(new short[] {-1000, 40, 0, 60, 7, 7, 0, 0}, 2, 2, 2, 1), List.of(""))),
                new PixelGrid(new double[] {10, 20, 5}, new double[3], unit),
                label -> label == 1 ? "liver" : "spleen"));
    }

    private static double cell(MeasureTable table, int row, String column) {
        Object cell = table.cells(table.rows().get(row)).get(table.columns().indexOf(column));
        return ((Number) cell).doubleValue();
    }

    @Test
    void inMillimetresTheyHaveMillilitres() {
        MeasureTable table = table("mm");
        assertEquals(3, cell(table, 0, "volume_mL"), 1e-12, "three voxels of 10 x 20 x 5 mm");
        assertEquals(2, cell(table, 1, "volume_mL"), 1e-12);
        assertEquals(-300, cell(table, 0, "mean"), 1e-9);
        // the sample deviation of -1000, 40 and 60
        assertEquals(Math.sqrt((700.0 * 700 + 340.0 * 340 + 360.0 * 360) / 2), cell(table, 0, "sd"), 1e-9);
        assertEquals("ct", table.cells(table.rows().get(0)).get(table.columns().indexOf("image")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"micron", "pixel"})
    void elsewhereTheyHaveNone(String unit) {
        assertFalse(table(unit).columns().contains("volume_mL"));
    }
}
