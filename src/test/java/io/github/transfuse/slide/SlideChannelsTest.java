package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Channels by name or number, and stains. */
class SlideChannelsTest {
    private final SlideChannels fluorescence =
            new SlideChannels(List.of("DAPI", "Alexa 488", "CD3, membrane", "1"), List.of());
    private final SlideChannels stained =
            new SlideChannels(List.of("Red", "Green", "Blue"), List.of("Hematoxylin", "Eosin", "Residual"));

    private static List<Integer> numbers(SlideChannels channels, String text) {
        return channels.chosen(text).numbers();
    }

    @Test
    void namesCountBeforeNumbers() {
        assertEquals(List.of(1), numbers(fluorescence, "DAPI"));
        assertEquals(List.of(2, 1), numbers(fluorescence, " alexa 488 ,dapi"));
        assertEquals(List.of(3), numbers(fluorescence, "CD3, membrane"));
        assertEquals(List.of(4, 2), numbers(fluorescence, "1,2"), "a channel is called 1");
        assertEquals(List.of(2, 3), numbers(stained, "2,3"));
    }

    @Test
    void stainsAreTheirOwnChannels() {
        assertTrue(stained.chosen("hematoxylin").ofStains());
        assertEquals(List.of(1, 2), numbers(stained, "Hematoxylin,Eosin"));
        assertTrue(!stained.chosen("Red").ofStains());
        assertTrue(refusal(stained, "Hematoxylin,Red").contains("at once"));
    }

    @Test
    void oneIsShownToModelsOfColoursThreeTimes() {
        assertEquals(List.of(2, 2, 2), fluorescence.chosen("2").forModel(3).numbers());
        assertEquals(List.of(2), fluorescence.chosen("2").forModel(1).numbers());
        assertEquals(List.of(1, 2), fluorescence.chosen("DAPI,2").forModel(3).numbers());
    }

    private static String refusal(SlideChannels channels, String text) {
        return assertThrows(SlideException.class, () -> channels.chosen(text)).getMessage();
    }

    @Test
    void whatIsNotThereIsAnsweredWithWhatIs() {
        String message = refusal(fluorescence, "DAPPI");
        assertTrue(message.contains("'DAPPI'") && message.contains("Did you mean 'DAPI'"), message);
        assertTrue(message.contains("DAPI, Alexa 488"), message);
        for (String text : new String[] {"0", "5", "DAPI,", "Hematoxylin"}) {
            String far = refusal(fluorescence, text);
            assertTrue(far.contains("numbers 1 to 4") && !far.contains("Did you mean"), far);
        }
    }
}
