package io.github.transfuse.torch.infer;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;

/**
 * An operator of libtorch that has no binding of its own, called through the dispatcher with boxed arguments. Boxes of
 * constant arguments are made once and kept.
 */
final class BoxedOperator {

    private final Kept kept;
    private final OperatorHandle handle;

    /**
     * Finds an operator.
     *
     * @throws RuntimeException if this build of libtorch does not have it
     */
    BoxedOperator(Kept kept, String name, String overload) {
        this.kept = kept;
        handle = kept.keep(new OperatorHandle(Dispatcher.singleton().findSchemaOrThrow(name, overload)));
    }

    /** A box of a tensor. */
    IValue box(Tensor tensor) {
        return kept.keep(new IValue(tensor));
    }

    /** A box of a text. */
    IValue box(String text) {
        return kept.keep(new IValue(text));
    }

    /** A box of nothing. */
    IValue none() {
        return kept.keep(new IValue());
    }

    /** A box of a whole number. */
    IValue box(long number) {
        return kept.keep(new IValue(number));
    }

    /** A box of a list of whole numbers for the argument at this place; its type is the schema's. */
    IValue boxList(int place, long... numbers) {
        GenericList list = new GenericList(
                handle.schema().arguments().getPointer(place).type().get().containedType(0));
        for (long number : numbers) {
            list.push_back(new IValue(number));
        }
        return kept.keep(new IValue(list));
    }

    /** Calls the operator; the arguments are those of its schema, in order. */
    Tensor call(IValue... arguments) {
        IValueVector stack = new IValueVector(arguments);
        handle.callBoxed(stack);
        // toTensor() is a reference into the stack, which dies with the scope
        return new Tensor(stack.get(0).toTensor());
    }
}
