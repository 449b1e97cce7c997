package app.headlight.services.hub;

import app.headlight.engine.refusal.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a model on the hub, as people type it or copy it from the address of its page.
 *
 * @param name {@code OWNER/NAME}; {@code NAME} alone for a few models from the hub's first years, such as {@code gpt2}
 * @param revision a branch, a tag or a commit; null for the branch {@code main}
 */
public record HubName(String name, @Nullable String revision) {

    private static final String MAIN = "main";
    private static final Set<String> PAGES_OF_THE_HUB = Set.of("huggingface.co", "www.huggingface.co", "hf.co");

    private static final String PART = "\\w(?:[\\w.-]{0,94}\\w)?";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "/)?" + PART);
    private static final Pattern REVISION = Pattern.compile("\\w[\\w./+-]{0,199}");
    private static final Pattern WITH_REVISION = Pattern.compile("([^@]*)@([^@]*)");

    /** The pages of a model whose address names a revision; all but the first name a file too. */
    private static final Set<String> WITH_A_REVISION = Set.of("tree", "blob", "resolve", "raw", "commits", "commit");

    private static final Set<String> NO_MODELS =
            Set.of("models", "datasets", "spaces", "collections", "papers", "docs", "api");
    private static final int LONGEST_SHOWN = 200;
    private static final String RIGHT =
            "; expected OWNER/NAME, such as openai-community/gpt2, or the address of the model's page on the hub";

    /** @throws Refusal if it cannot be a name on the hub */
    public HubName {
        boolean good =
                NAME.matcher(name).matches() && !name.contains("..") && !name.contains("--") && !name.endsWith(".git");
        if (!good) {
            throw new Refusal("“" + shown(name) + "” is not the name of a model on the hub" + RIGHT);
        }
        if (revision != null && (!REVISION.matcher(revision).matches() || revision.contains(".."))) {
            throw new Refusal("“" + shown(revision) + "” cannot be a revision of " + name
                    + "; expected a branch, a tag or a commit, such as " + MAIN);
        }
    }

    /**
     * Reads {@code OWNER/NAME}, {@code OWNER/NAME@REVISION}, or the address of a page of the model.
     *
     * @param endpoint the configured hub, whose pages are known beside those of huggingface.co
     * @throws Refusal naming what was typed
     */
    public static HubName of(String typed, URI endpoint) {
        String text = typed.strip();
        if (text.isEmpty()) {
            throw new Refusal("No name was given" + RIGHT);
        }
        boolean isAddress = text.contains("://") || isPage(text.split("/", 2)[0], endpoint);
        if (isAddress) {
            return ofAddress(text, endpoint);
        }
        Matcher parts = WITH_REVISION.matcher(text);
        return parts.matches() ? new HubName(parts.group(1), parts.group(2)) : new HubName(text, null);
    }

    /** The revision to ask for. */
    String asked() {
        return Objects.requireNonNullElse(revision, MAIN);
    }

    /** As it is typed: {@code OWNER/NAME} or {@code OWNER/NAME@REVISION}. */
    @Override
    public String toString() {
        return revision == null ? name : name + "@" + revision;
    }

    private static HubName ofAddress(String text, URI endpoint) {
        URI address;
        try {
            address = new URI(text.contains("://") ? text : "https://" + text);
        } catch (URISyntaxException broken) {
            throw new Refusal("“" + shown(text) + "” cannot be read as an address" + RIGHT, broken);
        }
        boolean isWeb = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
        if (!isWeb || address.getHost() == null || !isPage(address.getAuthority(), endpoint)) {
            throw new Refusal("“" + shown(text) + "” is not an address of the hub; expected one that begins with "
                    + endpoint + "/ or https://huggingface.co/");
        }
        String path = address.getRawPath();
        String prefix = Objects.requireNonNullElse(endpoint.getRawPath(), "");
        if (isEndpoint(address.getAuthority(), endpoint) && path.startsWith(prefix + "/")) {
            path = path.substring(prefix.length());
        }
        List<String> parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .map(HubName::decoded)
                .toList();
        if (parts.isEmpty() || NO_MODELS.contains(parts.getFirst())) {
            throw new Refusal("“" + shown(text) + "” is not the page of a model" + RIGHT);
        }
        return ofPath(text, parts);
    }

    /** Such as {@code openai-community, gpt2, tree, main}, or {@code gpt2, tree, main}. */
    private static HubName ofPath(String text, List<String> parts) {
        int page = parts.size() > 1 && WITH_A_REVISION.contains(parts.get(1)) ? 1 : 2;
        String name = String.join("/", parts.subList(0, Math.min(page, parts.size())));
        if (parts.size() <= page + 1 || !WITH_A_REVISION.contains(parts.get(page))) {
            return new HubName(name, null);
        }
        int files = parts.size() - page - 2;
        if (files > (parts.get(page).equals("tree") ? 0 : 1)) {
            throw new Refusal("“" + shown(text) + "” leads into a folder of " + name
                    + "; only models at the top of a repository are fetched: expected an address without the folder");
        }
        return new HubName(name, parts.get(page + 1));
    }

    private static boolean isPage(String authority, URI endpoint) {
        return PAGES_OF_THE_HUB.contains(authority.toLowerCase(Locale.ROOT)) || isEndpoint(authority, endpoint);
    }

    private static boolean isEndpoint(String authority, URI endpoint) {
        return authority.equalsIgnoreCase(endpoint.getRawAuthority());
    }

    /** A part of a path without its percent signs; a revision may have slashes that the hub writes as {@code %2F}. */
    private static String decoded(String part) {
        return Objects.requireNonNullElse(URI.create("/" + part).getPath(), "").substring(1);
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
