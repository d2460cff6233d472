// One payment through BonusPay with JNA; examples/README.md says what the variables and the standard input hold.
import com.sun.jna.IntegerType;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

public class Payment {
    static final int ABI = 2, SANDBOX = 1, PENDING = 1, SUCCEEDED = 2, UNKNOWN = 5;

    public static class Size extends IntegerType {
        public Size() { this(0); }
        public Size(long value) { super(Native.SIZE_T_SIZE, value, true); }
    }

    /** Texts are bytes. JNA's boolean is an int of -1 or 0, which no C bool may be: a byte of 1 or 0 is. */
    public interface Lib extends Library {
        int bonuspay_abi_version();
        String bonuspay_status_name(int status);
        Pointer bonuspay_config_new();
        void bonuspay_config_free(Pointer config);
        int bonuspay_config_set_environment(Pointer config, int environment, PointerByReference err);
        int bonuspay_config_set_allow_http(Pointer config, byte allow, PointerByReference err);
        int bonuspay_config_set_base_url(Pointer config, byte[] text, Size length, PointerByReference err);
        int bonuspay_config_set_partner_id(Pointer config, byte[] text, Size length, PointerByReference err);
        int bonuspay_config_set_private_key(Pointer config, byte[] text, Size length, PointerByReference err);
        int bonuspay_config_set_public_key(Pointer config, byte[] text, Size length, PointerByReference err);
        int bonuspay_client_new(Pointer config, PointerByReference out, PointerByReference err);
        void bonuspay_client_free(Pointer client);
        int bonuspay_order_place(Pointer client, byte[] biz, Size size, PointerByReference out, PointerByReference err);
        int bonuspay_order_get(Pointer client, byte[] biz, Size size, PointerByReference out, PointerByReference err);
        Pointer bonuspay_response_get(Pointer response, byte[] pointer, Size length, Pointer len);
        int bonuspay_response_state(Pointer response);
        int bonuspay_response_matches_request(Pointer response);
        void bonuspay_response_free(Pointer response);
        int bonuspay_notification_verify(Pointer client, byte[] body, Size bodyLength, byte[] sign, Size signLength,
                byte[] partnerId, Size partnerIdLength, PointerByReference out, PointerByReference err);
        void bonuspay_notification_free(Pointer notification);
        int bonuspay_amount_cmp(byte[] a, Size aLength, byte[] b, Size bLength, IntByReference out);
        Pointer bonuspay_error_message(Pointer error, Pointer len);
        void bonuspay_error_free(Pointer error);
    }

    static final Lib LIB = Native.load("libbonuspay.so.2", Lib.class);

    static class Failure extends Exception {
        final String name;

        Failure(int status, Pointer error) {
            super(text(LIB.bonuspay_error_message(error, null)));
            name = LIB.bonuspay_status_name(status);
            LIB.bonuspay_error_free(error);
        }
    }

    interface Call {
        int with(PointerByReference err);
    }

    interface Maker {
        int with(PointerByReference out, PointerByReference err);
    }

    static void attempt(Call call) throws Failure {
        PointerByReference error = new PointerByReference();
        int status = call.with(error);
        if (status != 0) throw new Failure(status, error.getValue());
    }

    static Pointer made(Maker call) throws Failure {
        PointerByReference out = new PointerByReference();
        attempt(error -> call.with(out, error));
        return out.getValue();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Size size(byte[] text) {
        return new Size(text.length);
    }

    static String text(Pointer text) {
        return text == null ? null : text.getString(0, "UTF-8");
    }

    static String get(Pointer response, String pointer) {
        byte[] path = bytes(pointer);
        return text(LIB.bonuspay_response_get(response, path, size(path), null));
    }

    static boolean isPaid(Pointer order) {
        String amount = get(order, "/acquireOrder/paymentInfo/paidAmount/amount");
        IntByReference difference = new IntByReference(-1);
        return LIB.bonuspay_response_state(order) == SUCCEEDED && LIB.bonuspay_response_matches_request(order) == 1
            && "USDT".equals(get(order, "/acquireOrder/paymentInfo/paidAmount/currency")) && amount != null
            && LIB.bonuspay_amount_cmp(bytes(amount), size(bytes(amount)), bytes("12.81"), new Size(5), difference) == 0
            && difference.getValue() >= 0;
    }

    static void verify(Pointer client, byte[] body, byte[] sign) throws Failure {
        LIB.bonuspay_notification_free(made((out, err) ->
            LIB.bonuspay_notification_verify(client, body, size(body), sign, size(sign), null, new Size(), out, err)));
    }

    static Pointer makeClient() throws Exception {
        Pointer config = LIB.bonuspay_config_new();
        byte[] url = bytes(System.getenv("BONUSPAY_BASE_URL")), partner = bytes(System.getenv("BONUSPAY_PARTNER_ID"));
        byte[] privateKey = Files.readAllBytes(Path.of(System.getenv("BONUSPAY_PRIVATE_KEY")));
        byte[] publicKey = Files.readAllBytes(Path.of(System.getenv("BONUSPAY_PUBLIC_KEY")));
        attempt(err -> LIB.bonuspay_config_set_environment(config, SANDBOX, err));
        attempt(err -> LIB.bonuspay_config_set_base_url(config, url, size(url), err));
        attempt(err -> LIB.bonuspay_config_set_allow_http(config, (byte) 1, err));
        attempt(err -> LIB.bonuspay_config_set_partner_id(config, partner, size(partner), err));
        attempt(err -> LIB.bonuspay_config_set_private_key(config, privateKey, size(privateKey), err));
        attempt(err -> LIB.bonuspay_config_set_public_key(config, publicKey, size(publicKey), err));
        Pointer client = made((out, err) -> LIB.bonuspay_client_new(config, out, err));
        LIB.bonuspay_config_free(config);
        return client;
    }

    static void pay() throws Exception {
        Pointer client = makeClient();
        String number = "\"merchantOrderNo\":\"" + System.getenv("ORDER_NUMBER") + "\"";
        byte[] request = bytes("{" + number + ",\"subject\":\"Tea\","
            + "\"totalAmount\":{\"amount\":\"12.81\",\"currency\":\"USDT\"},"
            + "\"paySceneCode\":\"API\",\"paySceneParams\":{\"chainCode\":\"TRON\",\"payChannelCode\":\"CHAIN\"},"
            + "\"notifyUrl\":\"http://localhost/bonuspay\"}");
        Pointer placed = made((out, err) -> LIB.bonuspay_order_place(client, request, size(request), out, err));
        System.out.println("Pay 12.81 USDT on TRON to " + get(placed, "/interactionParams/address"));
        LIB.bonuspay_response_free(placed);

        // The notification says when to ask; what counts is the answer.
        byte[] message = System.in.readAllBytes();
        int end = 0;
        while (message[end] != '\n') end++;
        byte[] sign = Arrays.copyOf(message, end), body = Arrays.copyOfRange(message, end + 1, message.length);
        verify(client, body, sign);
        byte[] index = bytes("{" + number + "}");
        Pointer order;
        for (;; Thread.sleep(1000)) {
            order = made((out, err) -> LIB.bonuspay_order_get(client, index, size(index), out, err));
            int state = LIB.bonuspay_response_state(order);
            if (state != PENDING && state != UNKNOWN) break;
            LIB.bonuspay_response_free(order);
        }
        if (!isPaid(order)) throw new Exception("not paid");
        System.out.println("Paid " + get(order, "/acquireOrder/paymentInfo/paidAmount/amount") + " USDT");

        try {
            verify(client, Arrays.copyOf(body, body.length + 1), sign);
            throw new Exception("a forged notification was accepted");
        } catch (Failure failure) {
            System.out.println("Forged notification refused: " + failure.name);
        }
        LIB.bonuspay_response_free(order);
        LIB.bonuspay_client_free(client);
    }

    public static void main(String[] arguments) {
        if (LIB.bonuspay_abi_version() != ABI) throw new IllegalStateException("the library has another ABI");
        try {
            pay();
        } catch (Failure failure) {
            System.err.println(failure.name + ": " + failure.getMessage());
            System.exit(1);
        } catch (Exception error) {
            System.err.println(error.getMessage());
            System.exit(1);
        }
    }
}
