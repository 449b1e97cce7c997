package app.headlight.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips as people give them, and as those who mean harm do. */
final class SeedsOfZips {

    /** Of the central directory, in which a zip of one entry names it once more. */
    private static final int CENTRAL = 0x02014b50;

    private static final int EXTERNAL_ATTRIBUTES = 38;
    private static final int SYMBOLIC_LINK = 0120777 << 16;

    /** Where the header of the first entry says how long it is. */
    private static final int SIZE = 22;

    private SeedsOfZips() {}

    static void write() throws IOException {
        seed("model", zip(true, "config.json", "{}", "model.safetensors", "weights", "notes.txt", "unused"));
        seed(
                "folders",
                zip(true, "m/", "", "m/config.json", "{}", "m/checkpoints/10.safetensors", "x", "__MACOSX/m", "y"));
        seed("stored", zip(false, "config.json", "{}", "tokenizer.json", "{}"));
        seed("given-twice", zip(true, "a/config.json", "{}", "b/config.json", "{}"));
        seed("leads-out", zip(true, "config.json", "{}", "../../evil.safetensors", "x"));
        seed("leads-to-the-root", zip(true, "/etc/evil.safetensors", "x"));
        seed("leads-to-a-drive", zip(true, "C:\\evil.safetensors", "x"));
        seed("bomb", zip(true, "config.json", "{}", "model.safetensors", "0".repeat(2 << 20)));
        seed("link", link(zip(false, "model.safetensors", "/etc/passwd")));
        byte[] lie = zip(false, "config.json", "{\"n_layers\":1}");
        ByteBuffer.wrap(lie).order(ByteOrder.LITTLE_ENDIAN).putInt(SIZE, 1 << 30);
        seed("lies-about-its-size", lie);
        seed("within-a-zip", zip(true, "model.zip", "PK"));
    }

    private static void seed(String name, byte[] zip) throws IOException {
        Seeds.write("Zip", name, zip);
    }

    /** The only entry becomes a symbolic link, whose target is what it holds. */
    private static byte[] link(byte[] zip) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + EXTERNAL_ATTRIBUTES < zip.length; at++) {
            if (bytes.getInt(at) == CENTRAL) {
                bytes.putInt(at + EXTERNAL_ATTRIBUTES, SYMBOLIC_LINK);
            }
        }
        return zip;
    }

    /** @param namesAndTexts the name of each entry and its text */
    private static byte[] zip(boolean deflated, String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                byte[] text = namesAndTexts[i + 1].getBytes(UTF_8);
                ZipEntry entry = new ZipEntry(namesAndTexts[i]);
                entry.setTime(0);
                if (!deflated) {
                    CRC32 sum = new CRC32();
                    sum.update(text);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(text.length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(text);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
