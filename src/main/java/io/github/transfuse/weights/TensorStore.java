package io.github.transfuse.weights;

import java.util.List;
import java.util.Map;

/** Named tensors of one file. Holds no open file, so it needs no closing; safe for use by several threads. */
public interface TensorStore {
    /**
     * All tensor names.
     *
     * @return the names in file order
     */
    List<String> names();

    /**
     * Whether a tensor is there.
     *
     * @param name a state-dict key
     * @return true if {@link #get} would find it
     */
    boolean has(String name);

    /**
     * One tensor.
     *
     * @param name a state-dict key
     * @return the tensor; its bytes may be mapped rather than read
     * @throws ModelFormatException if there is no tensor of that name, or the file no longer holds it
     */
    StoredTensor get(String name) throws ModelFormatException;

    /**
     * Text that goes with the tensors.
     *
     * @return key to value in file order; empty if the file has none
     */
    Map<String, String> metadata();
}
