package app.headlight.formats;

import java.io.IOException;

/** A safetensors file that is no good; the message names the tensor and the fault. */
public class SafetensorsException extends IOException {

    public SafetensorsException(String message) {
        super(message);
    }
}
