package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;

class PictureReaderTest {

    @Test
    void aJavaWhoseDecoderCannotBeLoadedSaysWhatIsMissing() {
        Iterator<ImageReader> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ImageReader next() {
                throw new UnsatisfiedLinkError("libjpeg.so.62: cannot open shared object file");
            }
        };
        String message = assertThrows(UnsupportedImageException.class, () -> PictureReader.reader("jpeg", () -> broken))
                .getMessage();
        assertTrue(message.contains("JPEG") && message.contains("libjpeg.so.62") && message.contains("PNG"), message);
    }
}
