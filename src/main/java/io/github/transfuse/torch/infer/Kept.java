package io.github.transfuse.torch.infer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Native objects that outlive the pointer scope they were made in, until this is closed. */
final class Kept implements AutoCloseable {

    private final List<Pointer> pointers = new ArrayList<>();

    /** Keeps an object and returns it. */
    <P extends Pointer> P keep(P pointer) {
        pointer.retainReference();
        pointers.add(pointer);
        return pointer;
    }

    @Override
    public void close() {
        pointers.forEach(Pointer::close);
        pointers.clear();
    }
}
