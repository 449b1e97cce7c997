package app.headlight.services.hub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** What the hub's client needs of the network; tests have one of their own. */
interface Network {

    /** The network of this machine, and whom Java trusts. */
    Network OF_THIS_MACHINE = new Network() {};

    /** The addresses of a host by name; it may be an address itself. */
    default InetAddress[] addresses(String host) throws UnknownHostException {
        return InetAddress.getAllByName(host);
    }

    /** Connects to that very address, by no proxy. */
    default Socket connect(InetSocketAddress address, Duration within) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.connect(address, Math.toIntExact(within.toMillis()));
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    /** Who is trusted over https. */
    default SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
