package io.github.transfuse.torch.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.transfuse.engine.EngineLoader;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFormTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        EngineLoader.engine();
    }

    private float[] predicted(String returned) {
        String file = folder.resolve("module.pt").toString();
        try (PointerScope scope = new PointerScope()) {
            JitModule module = new JitModule(new QualifiedName("__torch__.Probe"));
            module.define("def forward(self, x):\n    return " + returned + "\n");
            module.save(file);
            try (ScriptForm form = new ScriptForm(file)) {
                Tensor result = form.predict(Tensor.create(new float[] {1, 2, 3, 4}, 1, 1, 2, 2));
                float[] values = new float[Math.toIntExact(result.numel())];
                FloatBuffer buffer = result.createBuffer();
                buffer.get(values);
                return values;
            }
        }
    }

    @Test
    void computesWhatTheFileSays() {
        assertArrayEquals(new float[] {3, 6, 9, 12}, predicted("x * 3"));
    }

    @Test
    void theLastOfSeveralOutputsCounts() {
        assertArrayEquals(new float[] {2, 3, 4, 5}, predicted("(x, x + 1)"));
    }
}
