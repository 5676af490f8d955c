// A QuickFIX C++ initiator that is told what to do on stdin and tells what happens on stdout, one line each.
// The commands and the lines are described in scripts/interop/quickfix-peer.ts.
//
//   g++ -std=c++14 -w quickfix-peer.cpp -o quickfix-peer -lquickfix -lpthread

#include <quickfix/Application.h>
#include <quickfix/FileStore.h>
#include <quickfix/Message.h>
#include <quickfix/Session.h>
#include <quickfix/SessionSettings.h>
#include <quickfix/SocketInitiator.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

namespace {

std::mutex output;

void say(const std::string& line) {
  const std::lock_guard<std::mutex> lock(output);
  std::cout << line << '\n' << std::flush;
}

std::string shown(const FIX::Message& message) {
  std::string text = message.toString();
  std::replace(text.begin(), text.end(), '\x01', '|');
  return text;
}

class Peer : public FIX::Application {
public:
  void onCreate(const FIX::SessionID&) override {}
  void onLogon(const FIX::SessionID&) override { say("logon"); }
  void onLogout(const FIX::SessionID&) override { say("logout"); }
  void toAdmin(FIX::Message& message, const FIX::SessionID&) override { say("out " + shown(message)); }
  void toApp(FIX::Message& message, const FIX::SessionID&) throw(FIX::DoNotSend) override { say("out " + shown(message)); }
  void fromAdmin(const FIX::Message& message, const FIX::SessionID&)
      throw(FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::RejectLogon) override {
    say("in " + shown(message));
  }
  void fromApp(const FIX::Message& message, const FIX::SessionID&)
      throw(FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::UnsupportedMessageType) override {
    say("in " + shown(message));
  }
};

// "35=D|11=A1": the fields of the body behind the message type.
FIX::Message parsed(const std::string& text) {
  FIX::Message message;
  std::stringstream fields(text);
  for (std::string field; std::getline(fields, field, '|');) {
    const auto equals = field.find('=');
    const int tag = std::stoi(field.substr(0, equals));
    const std::string value = field.substr(equals + 1);
    if (tag == FIX::FIELD::MsgType) message.getHeader().setField(tag, value);
    else message.setField(tag, value);
  }
  return message;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: quickfix-peer SETTINGS-FILE\n";
    return 2;
  }
  FIX::SessionSettings settings(argv[1]);
  FIX::FileStoreFactory store(settings);
  Peer peer;
  FIX::SocketInitiator initiator(peer, store, settings);
  initiator.start();
  const FIX::SessionID id = *initiator.getSessions().begin();
  FIX::Session* session = FIX::Session::lookupSession(id);
  for (std::string line; std::getline(std::cin, line);) {
    std::stringstream words(line);
    std::string command;
    words >> command >> std::ws;
    if (command == "send") {
      std::string text;
      std::getline(words, text);
      FIX::Message message = parsed(text);
      FIX::Session::sendToTarget(message, id);
    } else if (command == "sender") {
      int number;
      words >> number;
      session->setNextSenderMsgSeqNum(number);
    } else if (command == "numbers") {
      say("numbers " + std::to_string(session->getExpectedSenderNum()) + " " + std::to_string(session->getExpectedTargetNum()));
    } else if (command == "logout") {
      session->logout();
    } else if (command == "logon") {
      session->logon();
    } else if (command == "stop") {
      break;
    }
  }
  initiator.stop();
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
