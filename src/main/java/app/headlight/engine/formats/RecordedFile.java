package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.engine.transformer.Site;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A safetensors file with the activations of one run under the names of TransformerLens's hooks, as
 * {@code docs/formats.md} describes it, read and checked.
 *
 * @param name what the file calls the run; empty if it does not
 * @param model what the file says of the model that was run; empty if nothing
 * @param hooks the hooks that are read, without their layers, such as {@code attn.hook_pattern}
 * @param unused what the file has beside them, of which nothing is shown
 */
public record RecordedFile(RecordedRun run, String name, String model, List<String> hooks, List<String> unused) {

    private static final int LONGEST_HEADER = 8 << 20;

    public RecordedFile {
        hooks = List.copyOf(hooks);
        unused = List.copyOf(unused);
    }

    /**
     * Reads a file; the caller closes the channel.
     *
     * @param told each check in words as it begins
     * @throws Refusal naming the tensor and the value that is wrong, and what would be right
     */
    public static RecordedFile read(SeekableByteChannel channel, Consumer<String> told) throws IOException {
        try {
            return read(Safetensors.open(channel, LONGEST_HEADER), told);
        } catch (SafetensorsException broken) {
            throw new Refusal("The file cannot be read as safetensors: " + broken.getMessage(), broken);
        }
    }

    private static RecordedFile read(Safetensors file, Consumer<String> told) throws IOException {
        told.accept("Reading the tokens");
        Set<String> unused = new TreeSet<>();
        RecordedWords words = RecordedWords.read(file.metadata(), unused);
        List<Site> sites = new ArrayList<>();
        for (String name : file.names()) {
            HookNames.site(name)
                    .filter(site -> RecordedTensors.READ.contains(site.kind()))
                    .ifPresentOrElse(sites::add, () -> unused.add(HookNames.withoutLayer(name)));
        }
        RecordedTensors tensors = new RecordedTensors(file, words, sites);
        told.accept("It is a run of " + words.tokens().size() + " tokens in " + tensors.layers() + " layers of "
                + tensors.heads() + " heads; checking its activations, all of them");
        for (Site site : sites) {
            tensors.read(site);
        }
        Set<String> hooks = new TreeSet<>();
        sites.forEach(site -> hooks.add(HookNames.withoutLayer(site.hook())));
        return new RecordedFile(tensors.run(), words.name(), words.model(), List.copyOf(hooks), List.copyOf(unused));
    }
}
