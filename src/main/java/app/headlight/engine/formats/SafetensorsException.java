package app.headlight.engine.formats;

import java.io.IOException;

/** Thrown for a safetensors file that is broken or does not fit; the message names the tensor and what is wrong. */
public class SafetensorsException extends IOException {

    public SafetensorsException(String message) {
        super(message);
    }
}
