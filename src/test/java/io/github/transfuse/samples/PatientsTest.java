package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.DicomScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans of a patient are on one side of a split, and no patient is named. */
class PatientsTest {
    @TempDir
    Path folder;

    /** Scans of these patients, in order. */
    private List<Pair> scans(String... patients) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (String patient : patients) {
            String stem = "scan" + pairs.size();
            Path scan = folder.resolve(stem);
            if (!patient.isEmpty()) {
                DicomScan.write(scan, patient, (x, y, z) -> x, 2, 2, 2);
            }
            pairs.add(new Pair(stem, scan, folder.resolve(stem + ".nii")));
        }
        return pairs;
    }

    private static Set<String> stems(List<Pair> pairs) {
        return new HashSet<>(pairs.stream().map(Pair::stem).toList());
    }

    @Test
    void unitsAreCalledAsTheirFirstScan() throws IOException {
        Patients patients = Patients.of(scans("Smith", "Jones", "Smith", "", "Jones"));
        assertEquals(
                Map.of("scan0", "scan0", "scan1", "scan1", "scan2", "scan0", "scan3", "scan3", "scan4", "scan1"),
                patients.units());
        assertTrue(patients.areKnown());
        assertFalse(patients.toString().contains("Smith"), patients::toString);
    }

    @Test
    void oneScanEachAndOtherFilesAreImagesAsBefore() throws IOException {
        List<Pair> pairs = scans("A", "B", "C", "");
        assertEquals(HeldBack.ofImages(pairs), Splitting.of("auto", pairs));
    }

    @Test
    void oneNumberForAllSaysNothingAndThatIsTold() throws IOException {
        List<Pair> pairs = scans("ANON", "ANON", "ANON", "ANON", "ANON");
        Split split = Splitting.of("auto", pairs);
        assertEquals(3, split.validation().size());
        assertTrue(split.note().contains("have the patient ID of one patient"), split.note());
        assertFalse(split.note().contains("ANON"), split.note());
        assertEquals(List.of(), PartsCheck.ofPatients(split));
    }

    /** Whichever names the scans have: five patients of two scans. */
    @Test
    void splitsAndFoldsCutBetweenPatients() throws IOException {
        List<Pair> pairs = scans("a", "b", "c", "d", "e", "a", "b", "c", "d", "e");
        Split split = Splitting.of("auto", pairs);
        assertEquals(6, split.validation().size(), "three of five patients");
        assertTrue(split.note().contains("3 of 5 patients"), split.note());
        for (int i = 0; i < 5; i++) {
            Set<String> both = Set.of("scan" + i, "scan" + (i + 5));
            boolean judging = stems(split.validation()).containsAll(both);
            assertTrue(judging || stems(split.training()).containsAll(both), both + " in " + split);
            for (UseList fold : Folds.of("auto", pairs, 5).uses()) {
                assertEquals(fold.uses().get("scan" + i), fold.uses().get("scan" + (i + 5)), fold::toString);
            }
        }
        assertEquals(
                Optional.of("All scans of a patient stay on one side, as the patient IDs in DICOM tell."),
                Folds.of("auto", pairs, 5).note());
        assertEquals(List.of(), PartsCheck.ofPatients(split));
    }

    @Test
    void aSplitOfTheUserThatCutsAPatientIsTold() throws IOException {
        List<Pair> pairs = scans("a", "b", "a");
        Split split = Split.chosen(pairs.subList(0, 2), pairs.subList(2, 3), "chosen");
        List<String> told = PartsCheck.ofPatients(split);
        assertEquals(1, told.size());
        assertTrue(told.get(0).startsWith("Scans of one patient are learned and judge (scan2 and scan0)"), told.get(0));
    }
}
