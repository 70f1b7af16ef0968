package io.github.transfuse.weights;

import io.github.transfuse.weights.PickledValues.Function;
import io.github.transfuse.weights.PickledValues.StorageRef;
import io.github.transfuse.weights.PickledValues.StorageType;
import io.github.transfuse.weights.PickledValues.Tuple;
import io.github.transfuse.weights.PickledValues.Unused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pickle machine, protocols 2 to 5, cut down to what {@code torch.save} writes for tables of tensors. Names are
 * looked up in {@link PickleGlobals} the moment they occur; there is no way from a pickle to code.
 */
final class PickleReader {
    private static final int STOP = '.';

    /** Those of a table of tensors are some thousands. */
    private static final int MAX_INSTRUCTIONS = 2_000_000;

    private final PickleInput in;
    private final PickleStack stack;
    private final Map<Long, Object> memo = new HashMap<>();
    private final Map<String, StorageRef> storages = new LinkedHashMap<>();

    PickleReader(PickleInput in) {
        this.in = in;
        this.stack = new PickleStack(in);
    }

    /** Storages referred to so far, by key; of several references the last. */
    Map<String, StorageRef> storages() {
        return storages;
    }

    /** Interprets one pickle, up to and with its STOP. */
    Object read() throws IOException {
        stack.clear();
        memo.clear();
        int done = 0;
        for (int opcode = in.unsignedByte(); opcode != STOP; opcode = in.unsignedByte()) {
            if (++done > MAX_INSTRUCTIONS) {
                throw in.damaged("more instructions than a table of tensors needs");
            }
            if (!scalar(opcode) && !text(opcode) && !container(opcode) && !memory(opcode) && !object(opcode)) {
                throw in.damaged("the instruction " + opcode);
            }
        }
        return stack.pop();
    }

    private boolean scalar(int opcode) throws IOException {
        switch (opcode) {
            case 'N' -> stack.push(Unused.NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'K' -> stack.push(in.unsigned(1));
            case 'M' -> stack.push(in.unsigned(2));
            case 'J' -> stack.push(in.signed32());
            case 0x8a -> stack.push(in.integer(in.unsigned(1)));
            case 0x8b -> stack.push(in.integer(in.unsigned(4)));
            case 'G' -> stack.push(in.bigEndianDouble());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean text(int opcode) throws IOException {
        switch (opcode) {
            case 0x8c, 'U' -> stack.push(in.text(in.unsigned(1)));
            case 'X', 'T' -> stack.push(in.text(in.unsigned(4)));
            case 0x8d -> stack.push(in.text(in.length64()));
            case 'C' -> skipBytes(in.unsigned(1));
            case 'B' -> skipBytes(in.unsigned(4));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void skipBytes(long size) throws IOException {
        in.bytes(size);
        stack.push(Unused.BYTES);
    }

    private boolean container(int opcode) throws IOException {
        switch (opcode) {
            case '(' -> stack.mark();
            case ')' -> stack.push(new Tuple(List.of()));
            case 't' -> stack.push(new Tuple(stack.popToMark()));
            case 0x85, 0x86, 0x87 -> stack.push(new Tuple(stack.popLast(opcode - 0x84)));
            case ']', 0x8f -> stack.push(new ArrayList<>());
            case 'a' -> {
                Object item = stack.pop();
                stack.list().add(item);
            }
            case 'e', 0x90 -> {
                List<Object> items = stack.popToMark();
                stack.list().addAll(items);
            }
            case 0x91 -> stack.push(stack.popToMark());
            case '}' -> stack.push(new LinkedHashMap<>());
            case 's' -> putAll(stack.popLast(2));
            case 'u' -> putAll(stack.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void putAll(List<Object> keysAndValues) throws ModelFormatException {
        if (keysAndValues.size() % 2 != 0) {
            throw in.damaged("a key without value");
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            PickledCalls.put(stack.map(), keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    private boolean memory(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> checkProtocol(in.unsignedByte());
            case 0x95 -> in.length64();
            case 'q' -> memo.put(in.unsigned(1), stack.top());
            case 'r' -> memo.put(in.unsigned(4), stack.top());
            case 0x94 -> memo.put((long) memo.size(), stack.top());
            case 'h' -> recall(in.unsigned(1));
            case 'j' -> recall(in.unsigned(4));
            case '0' -> stack.pop();
            case '1' -> stack.popToMark();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void checkProtocol(int protocol) throws ModelFormatException {
        if (protocol > 5) {
            throw in.damaged("the pickle protocol " + protocol);
        }
    }

    private void recall(long slot) throws ModelFormatException {
        Object value = memo.get(slot);
        if (value == null) {
            throw in.damaged("the empty slot " + slot);
        }
        stack.push(value);
    }

    private boolean object(int opcode) throws IOException {
        switch (opcode) {
            case 'c' -> global(in.line(), in.line());
            case 0x93 -> stackGlobal();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> persistent();
            case 'i' -> throw in.refused(in.line() + "." + in.line());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void global(String module, String name) throws ModelFormatException {
        String qualified = module + "." + name;
        stack.push(PickleGlobals.find(qualified).orElseThrow(() -> in.refused(qualified)));
    }

    private void stackGlobal() throws ModelFormatException {
        if (!(stack.pop() instanceof String name) || !(stack.pop() instanceof String module)) {
            throw in.damaged("a name that is not text");
        }
        global(module, name);
    }

    private void reduce() throws ModelFormatException {
        if (!(stack.pop() instanceof Tuple arguments) || !(stack.pop() instanceof Function function)) {
            throw in.damaged("a call of something that is no function");
        }
        stack.push(PickledCalls.call(function, new Arguments(in, arguments.items())));
    }

    /** A state set on a dictionary (its {@code _metadata}) is of no use here; nothing else can have one. */
    private void build() throws ModelFormatException {
        stack.pop();
        stack.map();
    }

    private void persistent() throws ModelFormatException {
        if (!(stack.pop() instanceof Tuple id)) {
            throw in.damaged("an unknown reference");
        }
        Arguments arguments = new Arguments(in, id.items());
        if (!arguments.get(0, String.class).equals("storage")) {
            throw in.damaged("a reference to something that is no storage");
        }
        StorageType type = arguments.get(1, StorageType.class);
        String key = arguments.get(2, String.class);
        long count = arguments.size(4);
        StorageRef storage = new StorageRef(type, key, 0, count);
        // Item 3 is the device the storage lived on, for example cuda:0: the bytes are the same.
        if (arguments.count() > 5 && arguments.get(5, Object.class) instanceof Tuple view) {
            Arguments part = new Arguments(in, view.items());
            storage = new StorageRef(type, key, part.size(1), part.size(2));
        }
        storages.put(key, storage);
        stack.push(storage);
    }
}
