package io.github.transfuse.samples;

import io.github.transfuse.image.DicomPatient;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must stay together: the parts of an image, and all scans of a patient, where files in DICOM tell. Where all of them
 * have one number, as anonymised ones may, they are taken as scans of several patients.
 *
 * @param units by the names of images; a unit is called as the first of its images, never as a patient
 * @param note for people; empty where no patient has several images
 */
record Patients(Map<String, String> units, Optional<String> note) {

    /** Looks at the files. */
    static Patients of(List<Pair> pairs) throws IOException {
        Map<String, String> images = new HashMap<>();
        Map<String, String> units = new HashMap<>();
        Map<String, String> ofPatients = new HashMap<>();
        boolean all = true;
        for (Pair pair : pairs) {
            String image = PartNames.imageOf(pair.stem());
            Optional<String> patient = DicomPatient.key(pair.image());
            all &= patient.isPresent();
            images.put(pair.stem(), image);
            units.put(
                    pair.stem(),
                    patient.map(key -> ofPatients.computeIfAbsent(key, k -> image))
                            .orElse(image));
        }
        int counted = count(units);
        if (counted == count(images)) {
            return new Patients(images, Optional.empty());
        }
        return all && counted == 1
                ? new Patients(
                        images,
                        Optional.of("All scans have the patient ID of one patient, as anonymised ones may: they are"
                                + " taken as scans of different patients. Otherwise give validation=FILE.csv with lines"
                                + " of name and group."))
                : new Patients(
                        units,
                        Optional.of("All scans of a patient stay on one side, as the patient IDs in DICOM tell."));
    }

    private static int count(Map<String, String> units) {
        return new HashSet<>(units.values()).size();
    }

    /** Whether some images are of one patient. */
    boolean areKnown() {
        return units.entrySet().stream().anyMatch(unit -> !unit.getValue().equals(PartNames.imageOf(unit.getKey())));
    }

    /** Where no patient is known, the cases that the names of images tell, if there are at least so many. */
    Patients orByNames(List<Pair> pairs, int count) {
        Map<String, String> cases = areKnown() ? Map.of() : NameGroups.of(pairs);
        if (count(cases) < Math.max(count, HeldBack.SHARE)) {
            return this;
        }
        String first = pairs.get(0).stem();
        return new Patients(
                cases,
                Optional.of("All images of a case stay on one side, as their names tell (" + first + " is of "
                        + cases.get(first) + ")."));
    }

    /** Pairs of images of one patient of which the first is learned and the second judges, whoever chose them. */
    static Map<String, String> onBothSides(Split split) throws IOException {
        Set<Optional<String>> patients = new HashSet<>();
        Map<String, String> learned = new HashMap<>();
        for (Pair pair : split.training()) {
            Optional<String> patient = DicomPatient.key(pair.image());
            patients.add(patient);
            patient.ifPresent(key -> learned.putIfAbsent(key, pair.stem()));
        }
        Map<String, String> both = new TreeMap<>();
        for (Pair pair : split.validation()) {
            Optional<String> patient = DicomPatient.key(pair.image());
            patients.add(patient);
            patient.map(learned::get)
                    .filter(stem -> !PartNames.imageOf(stem).equals(PartNames.imageOf(pair.stem())))
                    .ifPresent(stem -> both.put(stem, pair.stem()));
        }
        // one number for all says nothing
        return patients.size() > 1 ? both : Map.of();
    }
}
