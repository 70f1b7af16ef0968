package io.github.transfuse.slide;

import java.util.ArrayList;
import java.util.List;

/**
 * How found objects were put into the hierarchy, and what stayed of earlier runs.
 *
 * @param made number of new objects
 * @param leftOut number of found objects that were left out, all or in part, for an object that stays lies there
 * @param changed number of objects of the same model that stay, for a user changed them
 * @param ofOtherWeights number of objects of a model of the same name with other weights, which stay
 * @param ofOtherVersion number of objects of earlier versions, which stay
 * @param detached number of new objects below an object that is not in the image
 * @param twins number of new objects that this model made below another object, too
 */
public record Placed(
        int made, int leftOut, int changed, int ofOtherWeights, int ofOtherVersion, int detached, int twins) {
    public static final Placed NOTHING = new Placed(0, 0, 0, 0, 0, 0, 0);

    public Placed and(Placed more) {
        return new Placed(
                made + more.made,
                leftOut + more.leftOut,
                changed + more.changed,
                ofOtherWeights + more.ofOtherWeights,
                ofOtherVersion + more.ofOtherVersion,
                detached + more.detached,
                twins + more.twins);
    }

    /** The same with a number of twins. */
    public Placed withTwins(int number) {
        return new Placed(made, leftOut, changed, ofOtherWeights, ofOtherVersion, detached, number);
    }

    /** What a user must know, as sentences. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (changed > 0) {
            notes.add("Objects of this model that were changed stay: " + changed + "; new ones left out there: "
                    + leftOut + ".");
        }
        if (ofOtherWeights > 0) {
            notes.add("Objects that this model made before it was trained anew stay: " + ofOtherWeights
                    + ". Delete them if you do not need them.");
        }
        if (ofOtherVersion > 0) {
            notes.add("Objects that an earlier version of TransFuse made stay: " + ofOtherVersion
                    + ". Delete them if you do not need them.");
        }
        if (twins > 0) {
            notes.add(
                    "Objects that are there twice now, for this model made them below two objects that overlap, such as"
                            + " an annotation and the image: " + twins + ". Delete one of both before you count.");
        }
        if (detached > 0) {
            notes.add("An object that was segmented is not in the image, so that what lies below it is not shown: "
                    + Counted.of(detached, "object") + ". In a script, call addObject(...) with it.");
        }
        return notes;
    }
}
