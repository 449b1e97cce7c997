package app.headlight.fuzz;

import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.SafetensorsException;
import app.headlight.engine.formats.TensorEntry;
import java.io.IOException;

/** A safetensors file: its header, and every tensor that can be read. */
public final class SafetensorsTarget {

    private SafetensorsTarget() {}

    /** The fuzzer calls this first. */
    public static void fuzzerInitialize() {
        Reading.warmUp(SafetensorsTarget::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Reading.tryOn(input, SafetensorsTarget::read);
    }

    private static void read(byte[] input) throws IOException {
        readAll(Safetensors.open(new Bytes(input)));
    }

    /** Reads every tensor; one whose numbers are refused does not keep the others from being read. */
    static void readAll(Safetensors file) throws IOException {
        for (String name : file.names()) {
            TensorEntry entry = file.entry(name);
            if (entry == null || !entry.name().equals(name)) {
                throw new IllegalStateException("the tensor “" + name + "” is not there by its name");
            }
            try {
                if (file.floats(name).length != entry.count()) {
                    throw new IllegalStateException("the tensor “" + name + "” has another length");
                }
            } catch (SafetensorsException refused) {
                // numbers of another kind, or not finite
            }
        }
    }
}
