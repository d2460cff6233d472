// One payment through BonusPay with cgo; examples/README.md says what the variables and the standard input hold.
package main

// #cgo pkg-config: bonuspay
// #include <bonuspay.h>
// #include <stdlib.h>
import "C"

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
	"unsafe"
)

type object = map[string]any

// failure is what a function of the library said, with the name of its status.
type failure struct{ name, message string }

func (f failure) Error() string { return f.name + ": " + f.message }

// attempt gives the failure of a call, and frees the library's own error. It takes that one's address: Go may read a
// variable before the call that writes it.
func attempt(status C.bonuspay_status, err **C.bonuspay_error) error {
	if status == C.BONUSPAY_OK {
		return nil
	}
	defer C.bonuspay_error_free(*err)
	return failure{C.GoString(C.bonuspay_status_name(C.int32_t(status))), C.GoString(C.bonuspay_error_message(*err, nil))}
}

// text gives Go's bytes to C for the length of one call; the library copies what it keeps.
func text(bytes []byte) (*C.char, C.size_t) {
	if len(bytes) == 0 {
		return nil, 0
	}
	return (*C.char)(unsafe.Pointer(&bytes[0])), C.size_t(len(bytes))
}

func newClient() (*C.bonuspay_client, error) {
	config := C.bonuspay_config_new()
	defer C.bonuspay_config_free(config)
	privateKey, err := os.ReadFile(os.Getenv("BONUSPAY_PRIVATE_KEY"))
	if err != nil {
		return nil, err
	}
	publicKey, err := os.ReadFile(os.Getenv("BONUSPAY_PUBLIC_KEY"))
	if err != nil {
		return nil, err
	}
	var cerr *C.bonuspay_error
	sandbox := C.int32_t(C.BONUSPAY_ENVIRONMENT_SANDBOX)
	if err := attempt(C.bonuspay_config_set_environment(config, sandbox, &cerr), &cerr); err != nil {
		return nil, err
	}
	if err := attempt(C.bonuspay_config_set_allow_http(config, true, &cerr), &cerr); err != nil {
		return nil, err
	}
	value, length := text([]byte(os.Getenv("BONUSPAY_BASE_URL")))
	if err := attempt(C.bonuspay_config_set_base_url(config, value, length, &cerr), &cerr); err != nil {
		return nil, err
	}
	value, length = text([]byte(os.Getenv("BONUSPAY_PARTNER_ID")))
	if err := attempt(C.bonuspay_config_set_partner_id(config, value, length, &cerr), &cerr); err != nil {
		return nil, err
	}
	value, length = text(privateKey)
	if err := attempt(C.bonuspay_config_set_private_key(config, value, length, &cerr), &cerr); err != nil {
		return nil, err
	}
	value, length = text(publicKey)
	if err := attempt(C.bonuspay_config_set_public_key(config, value, length, &cerr), &cerr); err != nil {
		return nil, err
	}
	var client *C.bonuspay_client
	err = attempt(C.bonuspay_client_new(config, &client, &cerr), &cerr)
	return client, err
}

type endpoint func(*C.char, C.size_t, **C.bonuspay_response, **C.bonuspay_error) C.bonuspay_status

func call(ask endpoint, request object) (*C.bonuspay_response, error) {
	biz, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	var order *C.bonuspay_response
	var cerr *C.bonuspay_error
	start, length := text(biz)
	err = attempt(ask(start, length, &order, &cerr), &cerr)
	return order, err
}

func verify(client *C.bonuspay_client, body, sign []byte) error {
	var notification *C.bonuspay_notification
	var cerr *C.bonuspay_error
	bodyStart, bodyLength := text(body)
	signStart, signLength := text(sign)
	status := C.bonuspay_notification_verify(
		client, bodyStart, bodyLength, signStart, signLength, nil, 0, &notification, &cerr)
	C.bonuspay_notification_free(notification)
	return attempt(status, &cerr)
}

func get(order *C.bonuspay_response, pointer string) string {
	var length C.size_t
	start, pointerLength := text([]byte(pointer))
	value := C.bonuspay_response_get(order, start, pointerLength, &length)
	return C.GoStringN(value, C.int(length))
}

func isPaid(order *C.bonuspay_response) bool {
	difference := C.int32_t(-1)
	amount, amountLength := text([]byte(get(order, "/acquireOrder/paymentInfo/paidAmount/amount")))
	due, dueLength := text([]byte("12.81"))
	return C.bonuspay_response_state(order) == C.BONUSPAY_STATE_SUCCEEDED &&
		C.bonuspay_response_matches_request(order) == 1 &&
		get(order, "/acquireOrder/paymentInfo/paidAmount/currency") == "USDT" &&
		C.bonuspay_amount_cmp(amount, amountLength, due, dueLength, &difference) == C.BONUSPAY_OK && difference >= 0
}

func pay() error {
	client, err := newClient()
	if err != nil {
		return err
	}
	defer C.bonuspay_client_free(client)
	place := func(biz *C.char, length C.size_t, out **C.bonuspay_response, err **C.bonuspay_error) C.bonuspay_status {
		return C.bonuspay_order_place(client, biz, length, out, err)
	}
	ask := func(biz *C.char, length C.size_t, out **C.bonuspay_response, err **C.bonuspay_error) C.bonuspay_status {
		return C.bonuspay_order_get(client, biz, length, out, err)
	}
	number := os.Getenv("ORDER_NUMBER")
	order, err := call(place, object{
		"merchantOrderNo": number,
		"subject":         "Tea",
		"totalAmount":     object{"amount": "12.81", "currency": "USDT"},
		"paySceneCode":    "API",
		"paySceneParams":  object{"chainCode": "TRON", "payChannelCode": "CHAIN"},
		"notifyUrl":       "http://localhost/bonuspay",
	})
	if err != nil {
		return err
	}
	defer func() { C.bonuspay_response_free(order) }()
	fmt.Println("Pay 12.81 USDT on TRON to", get(order, "/interactionParams/address"))

	// The notification says when to ask; what counts is the answer.
	message, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	sign, body, _ := bytes.Cut(message, []byte("\n"))
	if err := verify(client, body, sign); err != nil {
		return err
	}
	for {
		C.bonuspay_response_free(order)
		if order, err = call(ask, object{"merchantOrderNo": number}); err != nil {
			return err
		}
		if state := C.bonuspay_response_state(order); state != C.BONUSPAY_STATE_PENDING && state != C.BONUSPAY_STATE_UNKNOWN {
			break
		}
		time.Sleep(time.Second)
	}
	if !isPaid(order) {
		return errors.New("not paid")
	}
	fmt.Println("Paid", get(order, "/acquireOrder/paymentInfo/paidAmount/amount"), "USDT")

	var forged failure
	if !errors.As(verify(client, append(body, ' '), sign), &forged) {
		return errors.New("a forged notification was accepted")
	}
	fmt.Println("Forged notification refused:", forged.name)
	return nil
}

func main() {
	if C.bonuspay_abi_version() != C.BONUSPAY_ABI_VERSION {
		fmt.Fprintln(os.Stderr, "the library has another ABI")
		os.Exit(1)
	}
	if err := pay(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
