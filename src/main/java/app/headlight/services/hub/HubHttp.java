package app.headlight.services.hub;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Asks the endpoint, and follows where it sends us: over https, and only to {@link PublicAddresses}, unless it is the
 * endpoint itself. The connection goes to the very address that was checked. The token goes to the endpoint alone, and
 * only as long as no other host had a say in what is asked.
 */
final class HubHttp {

    private static final int MOST_REDIRECTS = 5;

    private final HubSettings settings;
    private final Network network;

    HubHttp(HubSettings settings, Network network) {
        this.settings = settings;
        this.network = network;
    }

    /**
     * The answer of the endpoint, or of where it sends us; to be closed.
     *
     * @param path below the endpoint, with its query
     * @param headers beside the usual ones
     * @throws Refusal if it sends us where nobody may be sent
     */
    Answer get(String path, Map<String, String> headers) throws CutException {
        URI at = URI.create(settings.endpoint() + path);
        boolean isInside = true;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            isInside = isInside && settings.isEndpoint(at);
            Answer answer = ask(at, isInside, headers);
            String to = answer.redirect();
            if (to == null) {
                return answer;
            }
            answer.close();
            at = target(at, to);
        }
        throw new Refusal("The hub at " + settings.endpoint() + " sends from one address to another without an end: "
                + MOST_REDIRECTS + " are followed");
    }

    private URI target(URI at, String to) {
        URI target;
        try {
            target = at.resolve(new URI(to));
        } catch (URISyntaxException broken) {
            throw new Refusal(at.getHost() + " sends to what cannot be read as an address", broken);
        }
        String where = target.getScheme() + "://" + target.getHost();
        if (target.getHost() == null || target.getRawUserInfo() != null) {
            throw new Refusal(at.getHost() + " sends to an address that is not of the form https://HOST/FILE");
        }
        if (!"https".equalsIgnoreCase(target.getScheme()) && !settings.isEndpoint(target)) {
            throw new Refusal(at.getHost() + " sends to " + where + "; only https is followed");
        }
        return URI.create(target.toASCIIString());
    }

    private Answer ask(URI at, boolean isInside, Map<String, String> headers) throws CutException {
        try {
            Socket socket = connected(at);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(request(at, isInside, headers).getBytes(StandardCharsets.US_ASCII));
                out.flush();
                return new Answer(socket, at, isInside);
            } catch (IOException | RuntimeException failed) {
                Answer.close(socket);
                throw failed;
            }
        } catch (IOException cut) {
            throw CutException.of(at.getHost(), cut);
        }
    }

    private String request(URI at, boolean isInside, Map<String, String> headers) {
        String path = at.getRawPath().isEmpty() ? "/" : at.getRawPath();
        StringBuilder request = new StringBuilder("GET ")
                .append(path)
                .append(at.getRawQuery() == null ? "" : "?" + at.getRawQuery())
                .append(" HTTP/1.1\r\n");
        add(request, "Host", at.getPort() < 0 ? at.getHost() : at.getHost() + ":" + at.getPort());
        add(request, "User-Agent", "headlight");
        add(request, "Accept", "*/*");
        add(request, "Accept-Encoding", "identity");
        add(request, "Connection", "close");
        if (isInside && settings.token() != null) {
            add(request, "Authorization", "Bearer " + settings.token());
        }
        headers.forEach((name, value) -> add(request, name, value));
        return request.append("\r\n").toString();
    }

    private static void add(StringBuilder request, String name, String value) {
        request.append(name).append(": ").append(value).append("\r\n");
    }

    private Socket connected(URI at) throws IOException {
        String host = at.getHost().replaceAll("[\\[\\]]", "");
        InetAddress[] addresses = network.addresses(host);
        if (!settings.isEndpoint(at)) {
            for (InetAddress address : addresses) {
                if (!PublicAddresses.has(address)) {
                    throw new Refusal("The hub at " + settings.endpoint() + " sends to " + at.getHost() + ", which is "
                            + address.getHostAddress() + "; only addresses of the public internet are followed");
                }
            }
        }
        IOException none = new UnknownHostException(host);
        for (InetAddress address : addresses) {
            try {
                Socket socket =
                        network.connect(new InetSocketAddress(address, HubSettings.port(at)), settings.connect());
                return secured(socket, at, host);
            } catch (IOException refused) {
                none = refused;
            }
        }
        throw none;
    }

    /** The same connection over https, where the address says so: to whoever proves to be that host. */
    private Socket secured(Socket socket, URI at, String host) throws IOException {
        try {
            socket.setSoTimeout(Math.toIntExact(settings.silence().toMillis()));
            if (!"https".equalsIgnoreCase(at.getScheme())) {
                return socket;
            }
            // With the host's name, which goes into the server name indication and is compared with the certificate.
            SSLSocket secured = (SSLSocket)
                    network.trust().getSocketFactory().createSocket(socket, host, HubSettings.port(at), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return secured;
        } catch (IOException | RuntimeException failed) {
            Answer.close(socket);
            throw failed;
        }
    }
}
