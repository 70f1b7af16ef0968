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
 */
public record Placed(int made, int leftOut, int changed, int ofOtherWeights, int ofOtherVersion, int detached) {
    public static final Placed NOTHING = new Placed(0, 0, 0, 0, 0, 0);

    public Placed and(Placed more) {
        return new Placed(
                made + more.made,
                leftOut + more.leftOut,
                changed + more.changed,
                ofOtherWeights + more.ofOtherWeights,
                ofOtherVersion + more.ofOtherVersion,
                detached + more.detached);
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
        if (detached > 0) {
            notes.add("An object that was segmented is not in the image, so that what lies below it is not shown: "
                    + detached + " objects. In a script, call addObject(...) with it.");
        }
        return notes;
    }
}
